"""Training: from labelled articles to the weights of the decision. Not needed, and not imported, at run time."""

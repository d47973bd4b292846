"""How well the reader reads: annotated articles, scores, and every miss with its text."""

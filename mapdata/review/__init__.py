"""What people make of claims: which to look at first, what they say of them, and their verdicts as examples.

`desk` has every function that writes, each of which refuses where the configuration says readonly. The rest is pure.
"""

"""Rules NB1xx, code -> findings: what in it reaches outside the tables.

They are advice and no boundary: code that hides what it does from them is held by the
operating system. They look at nodes, so that words in text, labels and comments are never
mistaken for calls.
"""

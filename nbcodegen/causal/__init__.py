"""A causal language model that is open in this process: grounded, quick, stopped at any token.

prompt's tokens -> what of them is in the key/value cache already -> blocks of tokens, of which the
tail is guessed from the prompt (`lookup`) -> what may stand there (`grounding`) -> code
"""

EXTRA = "A large model needs more libraries: pip install 'nbcodegen[gpu]'"
"""What is said where they are not installed."""

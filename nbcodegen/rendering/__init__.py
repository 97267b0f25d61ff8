"""Plan tree -> pandas/matplotlib source; `nbcodegen.render` is the door."""

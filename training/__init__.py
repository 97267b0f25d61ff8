"""How the embedded model is made and measured. Imported as `nbcodegen.training`."""

"""Plan -> code: the door to `nbcodegen.rendering`."""

from nbcodegen.rendering.cell import render

__all__ = ["render"]

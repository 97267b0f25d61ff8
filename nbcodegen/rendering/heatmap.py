"""A table of numbers as colours -> source."""

from __future__ import annotations

from nbcodegen.rendering.axes import arguments
from nbcodegen.rendering.lines import Cell


def heatmap(cell: Cell, name: str, looks: str, *, numbers: bool = False) -> None:
    """Draw the table called `name` with its labels and a colour scale."""
    inside = arguments(name, 'aspect="auto"', looks)
    cell.emit(
        "fig, ax = plt.subplots()",
        f"image = ax.imshow({inside})",
        f'ax.set_xticks(range({name}.shape[1]), {name}.columns, rotation=45, ha="right")',
        f"ax.set_yticks(range({name}.shape[0]), {name}.index)",
    )
    if numbers:
        cell.emit(
            f"for (row, column), value in np.ndenumerate({name}):",
            '    ax.text(column, row, f"{value:.2f}", ha="center", va="center")',
        )
    cell.emit("fig.colorbar(image)")

"""Two forms of `generate` and `explain` that IPython itself would not let through.

A cell magic with an empty body is refused before the magic is called: `%%generate words` alone
in a cell gets a body of one empty line. And a line magic that ends in a question mark is taken
for a request for help: `%generate which city is the dearest?` is handed over as it is. So it is
with `%explain` and `%fix`.
"""

from __future__ import annotations

import re
from typing import Any

from IPython.core.inputtransformer2 import TokenTransformBase
from IPython.core.interactiveshell import InteractiveShell

_ALONE = re.compile(r"%%(?P<magic>generate|explain)(?:[ \t]+(?P<words>.*?))?\s*$", re.DOTALL)
_QUESTION = re.compile(r"(?P<indent>\s*)%(?P<magic>generate|explain|fix)\s+(?P<words>\S.*\?)\s*$")


def fill_empty_body(lines: list[str]) -> list[str]:
    """Give a `%%generate` or `%%explain` whose body is blank a body that IPython accepts.

    >>> fill_empty_body(["%%generate mean of x\\n"])
    ["get_ipython().run_cell_magic('generate', 'mean of x', '\\\\n')\\n"]
    """
    if not lines or "".join(lines[1:]).strip():
        return lines
    found = _ALONE.match(lines[0])
    if not found:
        return lines
    magic, words = found["magic"], found["words"] or ""
    return [f"get_ipython().run_cell_magic({magic!r}, {words!r}, '\\n')\n"]


# IPython leaves such a transformer out when it asks whether a cell is complete: in a terminal,
# Enter after the first line of `%%generate` must still open the body.
fill_empty_body.has_side_effects = True  # type: ignore[attr-defined]


class Question(TokenTransformBase):
    """`%generate ...?` is a request that is a question, not a question about the command."""

    priority = 4  # before IPython's HelpEnd, which is 5

    @classmethod
    def find(cls, tokens_by_line: list[list[Any]]) -> Question | None:
        """Find the first line that is one, outside strings and comments."""
        for line in tokens_by_line:
            first = next((token for token in line if token.string.strip()), None)
            if first is not None and first.string == "%" and _QUESTION.match(first.line):
                return cls(first.start)
        return None

    def transform(self, lines: list[str]) -> list[str]:
        """Rewrite that line as a call of the magic."""
        found = _QUESTION.match(lines[self.start_line])
        assert found is not None
        call = f"get_ipython().run_line_magic({found['magic']!r}, {found['words']!r})"
        lines[self.start_line] = f"{found['indent']}{call}\n"
        return lines


def install(shell: InteractiveShell) -> None:
    """Add the transformers to a shell, once."""
    remove(shell)
    manager = shell.input_transformer_manager
    manager.cleanup_transforms.append(fill_empty_body)
    manager.token_transformers.append(Question)


def remove(shell: InteractiveShell) -> None:
    """Take the transformers out of a shell. By name: a reloaded module makes new ones."""
    manager = shell.input_transformer_manager
    for transformers in (manager.cleanup_transforms, manager.token_transformers):
        transformers[:] = [each for each in transformers if each.__module__ != __name__]

"""A real shell with a scripted model behind its commands, and what running a cell in it came to."""

from __future__ import annotations

from dataclasses import dataclass

from fakes import ScriptedModel
from IPython.utils.capture import capture_output


@dataclass
class Ran:
    """What running one cell came to."""

    success: bool
    out: str
    err: str
    outputs: list
    inserted: str | None

    @property
    def said(self):
        return "\n".join(output.data["text/plain"] for output in self.outputs) + self.out


class Lab:
    """A shell and the scripted model behind it."""

    def __init__(self, shell):
        self.shell = shell
        self.model = ScriptedModel()
        self.session.models["embedded"] = self.model

    @property
    def session(self):
        return self.shell.magics_manager.registry["NBCodegen"].session

    def answers(self, *codes):
        for code in codes:
            self.model.enqueue(code)

    def run(self, cell, store_history=True):
        self.shell.rl_next_input = None
        with capture_output() as got:
            ran = self.shell.run_cell(cell, store_history=store_history)
        return Ran(ran.success, got.stdout, got.stderr, got.outputs, self.shell.rl_next_input)

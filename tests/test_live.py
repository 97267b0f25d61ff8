"""What is seen of a model while it opens and writes: one output that changes, or a single line."""

from __future__ import annotations

import pytest

from nbcodegen.notebook import live
from nbcodegen.values import Completion, Opening


@pytest.fixture
def seen(monkeypatch):
    """Every text that an output held, in turn."""
    texts = []

    class Handle:
        def update(self, what):
            texts.append(str(what))

    def display(what, display_id=None):
        texts.append(str(what))
        return Handle() if display_id else None

    monkeypatch.setattr(live, "display", display)
    return texts


def opening(seconds, share):
    return Completion("", 0.0, partial=True, opening=Opening(seconds, share))


def writing(text):
    return Completion(text, 0.0, partial=True)


def test_a_model_that_opens_has_a_bar_that_fills(seen):
    shown = live.Live("big", changes=True)
    for way in (opening(0.5, 0.0), opening(6.2, 0.5), opening(12.0, 1.0)):
        shown.tell(way)
    empty, half, full = (text.splitlines()[1] for text in seen)
    assert all(text.startswith("opening big\n") for text in seen)
    assert (empty.count("█"), half.count("█"), full.count("█")) == (0, 12, 24)
    assert (half.count("░"), full.count("░")) == (12, 0)
    assert half.endswith(" 6 s")


def test_code_takes_the_place_of_the_bar_and_does_nothing_but_show(seen):
    shown = live.Live("big", changes=True)
    shown.tell(opening(1.0, 0.9))
    shown.tell(writing("homes.me\x1b[31m"))
    shown.clear()
    assert seen[1:] == ["homes.me[31m ▌", ""]


def test_a_terminal_is_told_once_that_it_opens_and_shows_no_half_code(seen):
    shown = live.Live("big", changes=False)
    for told in (opening(0.5, 0.1), opening(1.0, 0.6), writing("homes"), writing("homes.mean")):
        shown.tell(told)
    assert seen == ["opening big"]

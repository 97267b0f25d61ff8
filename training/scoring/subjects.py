"""Who sits an exam: a model's folder, or a callable -> codes that answer a pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from nbcodegen.errors import GenerateError
from nbcodegen.notebook.followup import is_followup
from nbcodegen.training.records import Pair

if TYPE_CHECKING:
    from nbcodegen.training.scoring.examiner import Examiner
    from nbcodegen.training.tuning.causal_generation import Writer
    from nbcodegen.values import Model

AT_ONCE = 32
EMBEDDED_FILES = ("manifest.json", "reader.onnx", "decoder.onnx", "tokenizer.json")


class Subject(Protocol):
    """Something that answers."""

    @property
    def name(self) -> str:
        """What tables and plots call it."""
        ...

    @property
    def ranked(self) -> bool:
        """Whether its answers come in order, the best first; else they are independent draws."""
        ...

    def answers(self, pair: Pair, count: int) -> list[str]:
        """Return up to `count` codes; fewer where it has no more, none where it declines."""
        ...


@runtime_checkable
class Batched(Protocol):
    """A subject that answers several pairs at once faster than one by one."""

    def answers_to(self, pairs: Sequence[Pair], count: int) -> Iterator[list[str]]:
        """Yield the answers to each pair, in order."""
        ...


@runtime_checkable
class Continuing(Protocol):
    """A subject that goes on from any text: it can be asked what public suites ask."""

    def write(self, prompt: str, count: int) -> list[str]:
        """Return `count` codes."""
        ...


@runtime_checkable
class Weighing(Protocol):
    """A subject that knows how probable a text is."""

    def perplexity(self, pairs: Sequence[Pair]) -> float:
        """Return e to the mean loss over the tokens of the pairs' own codes."""
        ...


@dataclass(frozen=True, slots=True)
class Served:
    """A model as the product serves it: checked, tried and chosen among, over made-up tables.

    The first answer is the one that a user would get; the others are what else survived.
    """

    name: str
    model: Model
    examiner: Examiner
    ranked: bool = True

    def answers(self, pair: Pair, count: int) -> list[str]:
        """Ask as a notebook would, where the pair's tables are loaded."""
        from nbcodegen.pipeline import generate
        from nbcodegen.settings import Settings

        try:
            answer = generate(
                pair.request,
                self.examiner.tables(pair),
                self.model,
                Settings(candidates=count),
                previous=previous_of(pair),
                trials=self.examiner.trials,
            )
        except GenerateError:  # it declines, or nothing that it wrote survived
            return []
        return [answer.code, *(other.code for other in answer.others)][:count]


@dataclass(frozen=True, slots=True)
class Sampled:
    """A causal model behind a callable: independent draws, neither checked nor chosen among."""

    name: str
    prompt: Callable[[Pair], str]
    """How a pair is put to it."""
    draw: Callable[[str, int], Sequence[str]]
    """Prompt and count -> codes."""
    ranked: bool = False

    def answers(self, pair: Pair, count: int) -> list[str]:
        """Draw codes for a pair."""
        return self.write(self.prompt(pair), count)

    def write(self, prompt: str, count: int) -> list[str]:
        """Draw codes that go on from a text."""
        return list(self.draw(prompt, count))


@dataclass(frozen=True, slots=True)
class Written:
    """A causal model that this machine has open: its greedy code first, then draws."""

    name: str
    writer: Writer
    ranked: bool = True

    def answers(self, pair: Pair, count: int) -> list[str]:
        """Write codes for one pair."""
        return next(self.answers_to([pair], count))

    def answers_to(self, pairs: Sequence[Pair], count: int) -> Iterator[list[str]]:
        """Write codes for many pairs, a few batches at a time."""
        from nbcodegen.training.tuning.texts import prompt_of

        for first in range(0, len(pairs), AT_ONCE):
            prompts = [prompt_of(pair) for pair in pairs[first : first + AT_ONCE]]
            yield from map(list, self.writer.codes(prompts, count))

    def write(self, prompt: str, count: int) -> list[str]:
        """Write codes that go on from a text."""
        from nbcodegen.values import Prompt

        return list(self.writer.codes([Prompt(prompt, "", prompt)], count)[0])

    def perplexity(self, pairs: Sequence[Pair]) -> float:
        """Look at the pairs' own codes; one that could not be learnt from is left out."""
        from nbcodegen.training.tuning.texts import Unusable, text_of

        texts = []
        for pair in pairs:
            with suppress(Unusable):
                texts.append(text_of(pair, self.writer.tokenizer, self.writer.form))
        return self.writer.perplexity(texts)


def opened(name: str, model: str, examiner: Examiner) -> Subject:
    """Open `embedded` (the shipped weights), a folder with a model, or a model on the hub.

    Raises `DamagedModel` for a folder without a model.
    """
    folder = Path(model).expanduser()
    if model == "embedded" or embedded_folder(folder):
        from nbcodegen.embedded.model import WEIGHTS, EmbeddedModel

        return Served(name, EmbeddedModel(embedded_folder(folder) or WEIGHTS), examiner)
    from nbcodegen.training.tuning.causal_generation import open_writer

    return Written(name, open_writer(folder))


def embedded_folder(folder: Path) -> Path | None:
    """Find weights of the embedded model, in a folder or right below it."""
    below = sorted(each for each in folder.glob("*") if each.is_dir()) if folder.is_dir() else []
    for place in (folder, *below):
        if all((place / name).is_file() for name in EMBEDDED_FILES):
            return place
    return None


def previous_of(pair: Pair) -> str:
    """The code that a pair's request goes on from; empty where it opens as no follow-up."""
    return pair.context[-1] if pair.context and is_followup(pair.request) else ""

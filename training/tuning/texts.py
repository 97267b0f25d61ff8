"""Pairs -> the texts that a causal model learns from, and which of their tokens it learns.

Prompts come from the renderer that serves, in the form that serves. A model learns the completion
and the token that ends it; the prompt's tokens are masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from nbcodegen import chat
from nbcodegen.causal import weights
from nbcodegen.notebook.followup import is_followup
from nbcodegen.prompt import TEMPLATE, render
from nbcodegen.training.errors import NothingLeft, TrainError
from nbcodegen.training.folder import Folder, Output
from nbcodegen.training.progress import Progress
from nbcodegen.training.recipe import Recipe
from nbcodegen.training.records import Pair, Text
from nbcodegen.training.tuning import causal_base, causal_replay
from nbcodegen.training.tuning.texts_report import Report
from nbcodegen.values import Privacy, Prompt

SPLITS = ("train", "validation", "test")
MASKED = -100
"""What transformers leaves out of a loss."""
NAMES_ONLY = 0.1
"""Share of training prompts that tell names and kinds only, as servers are told by default."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text as a model reads it, and what it learns of it: `labels` is MASKED elsewhere."""

    ids: tuple[int, ...]
    labels: tuple[int, ...]


class Unusable(Exception):
    """A pair that no model should learn from; says why in a few words."""


def prompt_of(pair: Pair, privacy: Privacy = "samples") -> Prompt:
    """Render a pair's prompt as serving would: code before it counts for follow-ups only."""
    previous = pair.context[-1] if pair.context and is_followup(pair.request) else ""
    return render(pair.tables, pair.request, privacy=privacy, previous=previous)


def text_of(pair: Pair, tokenizer: Any, form: chat.Form, privacy: Privacy = "samples") -> Text:
    """Write one pair as a text; raises `Unusable`."""
    if not pair.code.strip():
        raise Unusable("no code")
    if any(control in pair.code for control in chat.control_tokens(tokenizer)):
        raise Unusable("code holds a control token of the model")
    if form == "chat" and "```" in pair.code:
        raise Unusable("code holds a fence")
    prompt = chat.wrap(prompt_of(pair, privacy), tokenizer, form)
    return Text(prompt, chat.completion(pair.code.strip("\n"), form), pair.source)


def encode(text: Text, tokenizer: Any, form: chat.Form) -> Tokens:
    """Encode a text, end token included; without a prompt, every token is learnt.

    The prompt's tokens are those that serving sends, whatever follows them.
    """
    before = chat.tokens(text.prompt, tokenizer, form) if text.prompt else []
    whole = chat.tokens(text.prompt + text.completion, tokenizer, form)
    if whole[: len(before)] == before:
        after = whole[len(before) :]
    else:  # the tokenizer would join the prompt's end with the completion's beginning
        after = _alone(text.completion, tokenizer)
    after.append(tokenizer.eos_token_id)
    return Tokens((*before, *after), (*(MASKED,) * len(before), *after))


def _alone(completion: str, tokenizer: Any) -> list[int]:
    """Encode a completion by itself, yet not as a text that begins with it.

    Tokenizers of Llama's kind put a space before the first word of a text, which would be learnt.
    """
    for anchor in ("\n", ")", "0", "\t"):
        before = list(tokenizer(anchor, add_special_tokens=False)["input_ids"])
        whole = list(tokenizer(anchor + completion, add_special_tokens=False)["input_ids"])
        if whole[: len(before)] == before:
            return whole[len(before) :]
    return list(tokenizer(completion, add_special_tokens=False)["input_ids"])


def write(folder: Folder, out: Output, recipe: Recipe, progress: Progress) -> None:
    """Write the texts of each split, general ones for replay, and the code alone for pretraining.

    `validation_pairs.jsonl` holds the pairs that validation texts are of, line by line. Raises
    `NothingLeft` where no training text is left.
    """
    base = causal_base.find(recipe)
    tokenizer = weights.tokenizer(base)
    form = chat.form_of(tokenizer, recipe.template)
    writer = _Writer(out, tokenizer, form, recipe, Report(tokenizer))
    counts = {split: writer.split(folder, split, progress) for split in SPLITS}
    if not counts["train"]:
        raise NothingLeft(
            f"No text to train on is left of {folder.path}: {_dropped(out)}. Raise "
            "format.max_tokens if they are too long, or give more notebooks."
        )
    replay = writer.replay(counts["train"], progress)
    out.facts |= {
        "base": base.place, "template": chat.template(TEMPLATE, form), "form": form,
        "texts": {**counts, "replay": replay, "code": writer.codes},
        "tokenizer": writer.report.facts(),
    }  # fmt: skip


def _dropped(out: Output) -> str:
    counts = (f"{count} x {reason}" for reason, count in out.dropped.most_common())
    return ", ".join(counts) or "it holds no training pair"


@dataclass(slots=True)
class _Writer:
    out: Output
    tokenizer: Any
    form: chat.Form
    recipe: Recipe
    report: Report
    codes: int = 0

    def split(self, folder: Folder, split: str, progress: Progress) -> int:
        """Write one split's texts, and what belongs to them; return how many."""
        written = 0
        pairs = folder.read(Pair, f"{split}.jsonl")
        for pair, text in self._texts(progress.track(pairs, split), split):
            self.out.write(text, f"{split}.jsonl")
            written += 1
            if split == "train":
                whole = "\n\n".join((*pair.context, pair.code))
                self._aside(Text("", whole, pair.source), "code.jsonl")
                self.codes += 1
            if split == "validation":
                self._aside(pair, "validation_pairs.jsonl")
        return written

    def replay(self, train: int, progress: Progress) -> int:
        """Write so many general texts that the recipe's share of all is theirs."""
        share = self.recipe.tune.replay
        wanted = round(train * share / (1 - share))
        pairs = causal_replay.pairs(self.recipe.seed, wanted)
        written = 0
        for _, text in self._texts(progress.track(pairs, "replay", wanted), "replay"):
            self._aside(text, "replay.jsonl")
            written += 1
        return written

    def _aside(self, record: Text | Pair, name: str) -> None:
        """Write what goes along with the texts; `kept` counts texts of the splits only."""
        self.out.write(record, name)
        self.out.kept -= 1

    def _texts(self, pairs: Iterable[Pair], split: str) -> Iterator[tuple[Pair, Text]]:
        for pair in pairs:
            try:
                text = text_of(pair, self.tokenizer, self.form, self._privacy(pair, split))
            except Unusable as error:
                self.out.drop(str(error))
                continue
            tokens = encode(text, self.tokenizer, self.form)
            if len(tokens.ids) > self.recipe.format.max_tokens:
                self.out.drop("longer than max_tokens")
                continue
            self.report.add(text, tokens.ids)
            yield pair, text

    def _privacy(self, pair: Pair, split: str) -> Privacy:
        # Drawn from the pair itself: the same pair is told the same way wherever it stands.
        rng = Random(f"{self.recipe.seed} {pair.request} {pair.code}")
        told_less = split in ("train", "replay") and rng.random() < NAMES_ONLY
        return "names" if told_less else "samples"


def form_in(folder: Folder, base: weights.Base) -> chat.Form:
    """Return the form of a folder's texts; raises `TrainError` where they are not for this base."""
    facts = folder.manifest.facts
    if facts.get("base") != base.place:
        raise TrainError(
            f"The texts in {folder.path} were written for the base model {facts.get('base')!r}, "
            f"not for {base.place!r}: another tokenizer, another template. Run `format` again."
        )
    forms: dict[str, chat.Form] = {chat.template(TEMPLATE, form): form for form in chat.FORMS}
    if facts.get("template") not in forms:
        raise TrainError(
            f"The texts in {folder.path} were written with the template "
            f"{facts.get('template')!r}; this version serves {', '.join(forms)}. "
            "Run `format` again."
        )
    return forms[str(facts["template"])]

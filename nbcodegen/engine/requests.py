"""A kernel's request as a message -> the steps that write its answer, and what each one tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from nbcodegen import chat
from nbcodegen.causal.grounding import Grounding
from nbcodegen.causal.opening import Opened
from nbcodegen.causal.orders import Order, Piece, Written
from nbcodegen.prompt import TEMPLATE
from nbcodegen.values import Candidate, Decoding, Finding, Prompt, RejectedCandidate


def message(prompt: Prompt, count: int, seed: int, decoding: Decoding) -> dict[str, Any]:
    """What is told of a request: its prompt, and the labels that exist."""
    return {
        "do": "write",
        "text": prompt.text,
        "task": prompt.task,
        "rejected": [
            {"code": each.candidate.code, "findings": [asdict(one) for one in each.findings]}
            for each in prompt.rejected[:1]
        ],
        "columns": {
            table.name: [c.label for c in table.columns if c.key == repr(c.label)]
            for table in prompt.tables
        },
        "count": count,
        "seed": seed,
        "decoding": asdict(decoding),
    }


def steps(opened: Opened, told: Mapping[str, Any]) -> Iterator[dict[str, Any] | None]:
    """Write what was asked for: pieces of the first candidate, then each candidate's answer."""
    if told.get("do") != "write":
        return  # it was called to be there
    prompt = _prompt(told)
    form, begun = opened.form, chat.begun(prompt.task, opened.form)
    text = chat.wrap(prompt, opened.tokenizer, form) + begun
    order = Order(
        tokens=tuple(chat.tokens(text, opened.tokenizer, form)),
        ended=lambda written: chat.is_complete(begun + written, prompt.task, form),
        count=int(told["count"]),
        seed=int(told["seed"]),
        decoding=Decoding(**told["decoding"]),
        grounding=_grounding(told, prompt),
    )
    for event in opened.writer.write(order):
        if isinstance(event, Piece):
            yield {"piece": event.text}
        elif isinstance(event, Written):
            answer = chat.answer_of(begun + event.text, prompt.task, form)
            yield {"rank": event.rank, "answer": answer, "score": event.score}
        else:
            yield None


def _prompt(told: Mapping[str, Any]) -> Prompt:
    rejected = tuple(
        RejectedCandidate(
            Candidate(each["code"], 0), tuple(Finding(**one) for one in each["findings"])
        )
        for each in told["rejected"]
    )
    return Prompt(told["text"], TEMPLATE, "", rejected=rejected, task=told["task"])


def _grounding(told: Mapping[str, Any], prompt: Prompt) -> Grounding | None:
    if prompt.task == "explain":
        return None
    return Grounding({name: tuple(labels) for name, labels in told["columns"].items() if labels})

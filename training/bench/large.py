"""Measure large models on this machine: ours against transformers' plain `generate`.

    make bench-gpu                 both shapes, 4 bits, on one GPU
    make bench-cpu                 the 30M shape, on the CPU

Weights are random, in the real shapes. What is guessed (`lookup`) is right as often as it would be
for real code over real prompts, which is counted here from pairs of both, since random weights
repeat themselves or do not.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from nbcodegen.causal import weights
from nbcodegen.causal.grounding import Grounding
from nbcodegen.causal.lookup import Lookup
from nbcodegen.causal.opening import Opened, What, open_writer
from nbcodegen.causal.orders import Order, Piece, Row, Written
from nbcodegen.causal.writing import Writer
from nbcodegen.training.bench import grounded, learning, shapes
from nbcodegen.training.bench.grounded import Pair
from nbcodegen.values import Decoding

PROMPT, LONG, SHORT = 512, 128, 64
"""Tokens of a prompt; of an answer; of the answers that are compared in number."""
TURNS = 3
PAIRS = 150
HEAD = """# Large models

Weights are random, in the real shapes. Written by `make bench-gpu` (`BENCHMARKS-GPU.md`) or
`make bench-cpu` (`BENCHMARKS-CPU.md`). Medians, against transformers' own `generate` in one run.

Opened as: {models}.

"""
RECORDS = Path(__file__).resolve().parents[2] / "tests" / "acceptance"
BANDWIDTH = {"H100": 3.35e12, "H200": 4.8e12, "A100": 2.04e12, "L4": 0.3e12, "T4": 0.32e12}
"""Bytes a second, from the makers' data sheets (SXM or the usual variant)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    measured: str
    asked: str = ""


def measure(shape: str, opened: Opened, folder: Path, pairs: Sequence[Pair]) -> Iterator[Line]:
    """Yield what one open model gives, against the same model as transformers opens it."""
    writer, prompt = _endless(opened.writer), _prompt(opened)
    plain = _plain_seconds(opened, folder, prompt)
    single = _median(lambda: _written(writer, prompt, lookup=0))
    yield Line(f"{shape}: plain `generate`, tokens/s", f"{LONG / plain:.1f}")
    yield Line(f"{shape}: ours, nothing guessed", f"{LONG / single:.1f} ({plain / single:.2f} x)")
    blocks, total = widths(writer, opened.tokenizer, pairs)
    costs = {width: _block(writer, prompt, width) for width in sorted(set(blocks))}
    rate = total / sum(costs[width] for width in blocks)
    said = ", ".join(f"{width}: {1000 * cost:.1f}" for width, cost in costs.items())
    yield Line(
        f"{shape}: ours, guessing as real code lets it ({total / len(blocks):.2f} tokens a block)",
        f"{rate:.1f} tokens/s ({rate * plain / LONG:.2f} x; ms of blocks by width: {said})",
        "3 x; 150 tokens/s (7B)",
    )
    if share := _share(opened, rate):
        yield Line(f"{shape}: share of the memory-bandwidth limit", share)
    first, second = _first_tokens(writer, prompt)
    yield Line(
        f"{shape}: first token, second request / first",
        f"{1000 * second:.0f} / {1000 * first:.0f} ms ({second / first:.2f})",
        "0.3",
    )
    alone = _median(lambda: _written(writer, prompt, length=SHORT, lookup=0))
    eight = _median(lambda: _written(writer, prompt, length=SHORT, lookup=0, count=8))
    yield Line(f"{shape}: 8 candidates / one", f"{eight / alone:.2f}", "1.6")
    yield from (Line(*each) for each in grounded.measure(shape, opened, pairs))


def widths(writer: Writer, tokenizer: Any, pairs: Sequence[Pair]) -> tuple[list[int], int]:
    """Tokens of each block, where the model would write just that code; and tokens of the code."""
    found, total = [], 0
    for pair in pairs:
        prompt = tuple(tokenizer(pair.prompt)["input_ids"])
        wanted = tokenizer(pair.code)["input_ids"]
        order = Order(prompt, lambda text: False, grounding=Grounding(pair.columns))
        row, at = Row(0, Lookup(prompt), 0), 0
        while at < len(wanted):
            guess = writer.guess(order, row, order.decoding.lookup) if at else []
            right = _shared(guess, wanted[at:])
            for token in wanted[at : at + right + 1]:
                row.lookup.add(token)
                row.written += writer.vocabulary.written(token)
            row.settle(right, len(guess), order.decoding.lookup)
            found.append(1 + len(guess))
            at += right + 1
        total += len(wanted)
    return found, total


def _shared(guess: Sequence[int], wanted: Sequence[int]) -> int:
    pairs = enumerate(zip(guess, wanted, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(guess), len(wanted)))


def _endless(writer: Writer) -> Writer:
    """Random weights may end a text at once."""
    return Writer(writer.model, writer.vocabulary, [], fixed=writer.fixed)


def _plain_seconds(opened: Opened, folder: Path, prompt: Sequence[int]) -> float:
    """Seconds of `generate` over the model without what we do to it, which is so on a CPU only."""
    model = opened.writer.model
    if opened.fit.room.device == "cpu" and not opened.fit.nf4:
        model = weights.model(weights.Base(str(folder)), opened.fit.precision).eval()
    return _median(lambda: _plain(model, prompt))


def _prompt(opened: Opened) -> tuple[int, ...]:
    ids = opened.tokenizer("T0 table homes, 300 rows\nC0 column 'price': float\n" * PROMPT)
    return tuple(ids["input_ids"][:PROMPT])


def _median(work: Callable[[], object]) -> float:
    """Seconds, after one that warms up."""
    work()
    times = []
    for _ in range(TURNS):
        _wait()
        start = time.perf_counter()
        work()
        _wait()
        times.append(time.perf_counter() - start)
    return median(times)


def _wait() -> None:
    import torch

    if torch.cuda.is_available():
        torch.cuda.synchronize()


def _plain(model: Any, prompt: Sequence[int]) -> object:
    import torch

    ids = torch.tensor([list(prompt)], device=model.device)
    return model.generate(
        ids, attention_mask=torch.ones_like(ids), max_new_tokens=LONG, min_new_tokens=LONG,
        do_sample=False, pad_token_id=0,
    )  # fmt: skip


def _order(prompt: Sequence[int], length: int, **how: Any) -> Order:
    given = {name: how.pop(name) for name in ("count",) if name in how}
    decoding = replace(Decoding(tokens=length), **how)
    return Order(tuple(prompt), lambda text: False, decoding=decoding, **given)


def _written(writer: Writer, prompt: Sequence[int], length: int = LONG, **how: Any) -> object:
    writer.prefixes.forget()
    order = _order(prompt, length, **how)
    return [each for each in writer.write(order) if isinstance(each, Written)]


def _block(writer: Writer, prompt: Sequence[int], width: int) -> float:
    """Seconds for one block of so many tokens, after the prompt."""
    import torch
    from transformers import DynamicCache

    cache = DynamicCache(config=writer.model.config)
    with torch.inference_mode():
        ids = torch.tensor([list(prompt)], device=writer.model.device)
        writer.model(input_ids=ids, past_key_values=cache, logits_to_keep=1)
    memory = writer.memory(_order(prompt, LONG), cache)

    def several() -> None:
        for _ in range(8):
            memory.read([list(prompt[:width])], [len(prompt)]).argmax(-1).tolist()
            memory.settle([0])

    seconds = _median(several) / 8
    memory.close()
    return seconds


def _first_tokens(writer: Writer, prompt: Sequence[int]) -> tuple[float, float]:
    """Seconds to the first token of a first request, and of one that differs at its end."""
    first: list[float] = []
    second: list[float] = []
    for turn in range(TURNS + 1):
        writer.prefixes.forget()
        tail = [*prompt[:-24], *((turn + 3 + each) % 200 for each in range(24))]
        for tokens, times in ((prompt, first), (tail, second)):
            _wait()
            start = time.perf_counter()
            for each in writer.write(_order(tokens, 4, lookup=0)):
                if isinstance(each, Piece | Written):
                    times.append(time.perf_counter() - start)
                    break
    return median(first[1:]), median(second[1:])


def _share(opened: Opened, rate: float) -> str:
    """Weights that are read for each token, against what the memory could give."""
    limit = next((each for name, each in BANDWIDTH.items() if name in opened.fit.room.name), None)
    if limit is None:
        return ""
    model = opened.writer.model
    read = sum(each.numel() * each.element_size() for each in model.parameters())
    return f"{100 * rate * read / limit:.0f} % of {limit / read:.0f} tokens/s"


def real_pairs() -> list[Pair]:
    """Prompts and code of the project's acceptance set: real requests, the code that answers."""
    import pandas as pd

    from nbcodegen.prompt import render
    from nbcodegen.schema import table_schemas

    found = []
    for line in (RECORDS / "records.jsonl").read_text(encoding="utf-8").splitlines()[:PAIRS]:
        record = json.loads(line)
        tables = {each["name"]: pd.read_csv(RECORDS / each["csv"]) for each in record["tables"]}
        prompt = render(table_schemas(tables), record["request"], privacy="names")
        columns = {name: tuple(map(str, table.columns)) for name, table in tables.items()}
        found.append(Pair(prompt.text, record["reference"], columns))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write a table."""
    options = _parser().parse_args(arguments)
    rows: list[Line] = []
    named: list[str] = []
    pairs = real_pairs()
    for name in options.shapes:
        with tempfile.TemporaryDirectory() as folder:
            shape = shapes.SMALLEST if name == "smallest" else shapes.SHAPES[name]
            place = shapes.save(Path(folder), shape)
            opened = open_writer(What(str(place), quantize=options.quantize))
            rows += measure(name, opened, place, pairs)
            named.append(f"{name}: {opened.about}")
            del opened
            gc.collect()
            if options.learn:
                rows += [Line(*each) for each in learning.measure(name, place)]
        print(named[-1], flush=True)
    table = "\n".join(_table(rows))
    print(table)
    if options.out:
        options.out.write_text(HEAD.format(models="; ".join(named)) + table + "\n", "utf-8")
    return 0


def _table(rows: Sequence[Line]) -> Iterator[str]:
    yield "| what | measured | asked |\n| --- | --- | --- |"
    for row in rows:
        yield f"| {row.what} | {row.measured} | {row.asked} |"


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=__doc__, prog="bench-gpu")
    made.add_argument(
        "--shapes", nargs="+", default=["1.5B", "7B"], choices=[*shapes.SHAPES, "smallest"]
    )
    made.add_argument("--quantize", default="auto", choices=["auto", "nf4", "none"])
    made.add_argument("--learn", action="store_true", help="also measure a QLoRA step")
    made.add_argument("--out", type=Path, help="a Markdown file for the table")
    return made


if __name__ == "__main__":
    raise SystemExit(main())

"""Train the embedded network.

    python -m nbcodegen.training.embedded.pretrain --out DIR --minutes 60

Batches come from the request grammar and the corpora, encoded by the product's own renderer. The
learning rate falls with the share of the budget (of time, or of steps) that is spent, so that a run
of any length ends well. A checkpoint is written every few minutes, and the same command resumes
from it.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor

from nbcodegen.embedded.model import WEIGHTS
from nbcodegen.training import jsonl
from nbcodegen.training.embedded import corpora, dataset, weights, wikisql
from nbcodegen.training.embedded.dataset import FIRST_POINTER, Row, Tokens
from nbcodegen.training.embedded.network import Network, Shape, load_reader, settings
from nbcodegen.training.records import Example

START = FIRST_POINTER
"""Input index of the beginning mark; pointers follow it in the input table."""


def options() -> argparse.ArgumentParser:
    """The command line; every default is the setting of the shipped weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument(
        "--base", type=Path, default=WEIGHTS, help="folder of MiniLM-L6's weights and word pieces"
    )
    parser.add_argument(
        "--begin", type=Path, help="an earlier run, or exported weights, that this one goes on from"
    )
    parser.add_argument("--mined", type=Path, help="examples that were read from notebooks")
    parser.add_argument("--mined-share", type=float, default=0.1, help="their share of a batch")
    parser.add_argument("--minutes", type=float, default=150, help="time budget of the whole run")
    parser.add_argument("--steps", type=int, help="the step to end at, in place of minutes")
    parser.add_argument(
        "--fresh-reader", action="store_true", help="begin with a reader that knows no language"
    )
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--reader-rate", type=float, default=1e-4)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--grammar", type=float, default=0.72, help="share of the grammar")
    parser.add_argument("--small", type=float, default=0.20, help="share of Spider and VisEval")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return parser


class Source:
    """Pools of encoded examples, cut into batches of like length."""

    def __init__(self, args: argparse.Namespace, step: int = 0) -> None:
        self.rng = Random(f"{args.seed} from step {step}")
        self.tokens = Tokens(args.base)
        self.dropped: Counter[str] = Counter()
        rest = args.grammar + args.small + (args.mined_share if args.mined else 0) < 1
        path = args.data / "train" / "wikisql.json.bz2"
        self.wikisql = list(wikisql.examples(path)) if rest else []
        self.small = corpora.Corpus(args.data, self.dropped) if args.small else None
        self.mined = list(jsonl.read(args.mined, Example)) if args.mined else []
        self.shares = (args.grammar, args.small, args.mined_share if self.mined else 0.0)
        self.size = args.batch

    def batches(self, pool: int = 24) -> Iterator[list[Row]]:
        while True:
            rows = dataset.rows(self._draw(pool * self.size), self.tokens, self.rng, self.dropped)
            rows.sort(key=lambda row: len(row.read.ids) + len(row.target))
            cuts = [rows[at : at + self.size] for at in range(0, len(rows), self.size)]
            self.rng.shuffle(cuts)
            yield from (cut for cut in cuts if len(cut) == self.size)

    def _draw(self, count: int) -> list[Any]:
        from nbcodegen.training import grammar

        grown, small, mined = (int(share * count) for share in self.shares)
        examples = [grammar.sample(self.rng) for _ in range(grown)]
        if self.small is not None:
            examples += [self.small.sample(self.rng) for _ in range(small)]
        examples += [self.rng.choice(self.mined) for _ in range(mined)]
        more = min(count - grown - small - mined, len(self.wikisql))
        return examples + self.rng.sample(self.wikisql, more)


def tensors(rows: Sequence[Row], device: str) -> tuple[Tensor, ...]:
    """Pad a batch: features, mask, pointers, pointable, written, target (-100 is padding)."""
    length = max(len(row.read.ids) for row in rows)
    items = max(len(row.read.pointers) for row in rows)
    steps = max(len(row.target) for row in rows)
    features = torch.zeros(len(rows), 5, length, dtype=torch.long)
    mask = torch.zeros(len(rows), length, dtype=torch.bool)
    pointers = torch.zeros(len(rows), items, dtype=torch.long)
    pointable = torch.zeros(len(rows), items, dtype=torch.bool)
    written = torch.zeros(len(rows), steps, dtype=torch.long)
    target = torch.full((len(rows), steps), -100)
    for at, row in enumerate(rows):
        read, size = row.read, len(row.read.ids)
        features[at, :, :size] = torch.tensor(
            [read.ids, read.segments, read.kinds, read.matches, read.buckets]
        )
        mask[at, :size] = True
        pointers[at, : len(read.pointers)] = torch.tensor(read.pointers)
        pointable[at, : len(read.pointers)] = True
        target[at, : len(row.target)] = torch.tensor(row.target)
        # In the input table the beginning mark stands between words and pointers.
        fed = [START, *(id + (id >= FIRST_POINTER) for id in row.target[:-1])]
        written[at, : len(fed)] = torch.tensor(fed)
    return tuple(x.to(device) for x in (features, mask, pointers, pointable, written, target))


def exact(logits: Tensor, target: Tensor) -> Tensor:
    """Rows whose every step is right under teacher forcing: what greedy decoding would write."""
    right = (logits.argmax(-1) == target) | (target == -100)
    return right.all(1)


def train(args: argparse.Namespace) -> None:
    """Run until the budget is spent; resumes from `--out`."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    network = _new(args).to(args.device)
    optimizer = torch.optim.AdamW(_groups(network, args), weight_decay=0.01, fused=True)
    spent, step = _resume(args, network, optimizer)
    source = Source(args, step)
    budget, began, saved = args.minutes * 60, time.monotonic() - spent, time.monotonic()
    log: defaultdict[str, float] = defaultdict(float)
    for rows in source.batches():
        share = step / args.steps if args.steps else (time.monotonic() - began) / budget
        if share >= 1:
            break
        _rate(optimizer, step, share)
        loss, right = _step(network, optimizer, tensors(rows, args.device))
        for name, value in (("loss", loss), ("right", right), ("steps", 1), ("rows", len(rows))):
            log[name] += value
        step += 1
        if step % 50 == 0:
            _note(args.out, step, share, log, source)
            log.clear()
        if time.monotonic() - saved > 240:
            saved = time.monotonic()
            _save(args, network, optimizer, saved - began, step)
    _save(args, network, optimizer, time.monotonic() - began, step)


def _new(args: argparse.Namespace) -> Network:
    """The network to begin with: exported weights, or a reader that knows its language."""
    if args.begin and (args.begin / "manifest.json").exists():
        return weights.network(args.begin)
    network = Network(Shape())
    if not args.fresh_reader:
        load_reader(network, args.base / "model.safetensors")
    return network


def _groups(network: Network, args: argparse.Namespace) -> list[dict[str, Any]]:
    fresh = {"kinds", "matches", "buckets"}
    reader: list[torch.nn.Parameter] = []
    rest: list[torch.nn.Parameter] = []
    for name, own in network.named_parameters():
        known = name.startswith("reader.") and not args.fresh_reader
        if known and name in ("reader.tokens.weight", "reader.places.weight"):
            own.requires_grad_(False)  # words that training never shows keep their meaning
            continue
        old = known and name.split(".")[1] not in fresh
        (reader if old else rest).append(own)
    return [
        {"params": reader, "lr": args.reader_rate, "peak": args.reader_rate},
        {"params": rest, "lr": args.rate, "peak": args.rate},
    ]


def _rate(optimizer: torch.optim.Optimizer, step: int, share: float) -> None:
    """Warm up over 150 steps, then fall along a cosine to 3 % of the peak."""
    scale = min(1.0, (step + 1) / 150) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * share)))
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * scale


def _step(
    network: Network, optimizer: torch.optim.Optimizer, batch: tuple[Tensor, ...]
) -> tuple[float, int]:
    network.train()
    *inputs, target = batch
    logits = network(*inputs)
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), target.flatten())
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach()), int(exact(logits.detach(), target).sum())


def _note(out: Path, step: int, share: float, log: Mapping[str, float], source: Source) -> None:
    line = {
        "step": step,
        "share": round(share, 3),
        "loss": round(log["loss"] / log["steps"], 4),
        "exact": round(log["right"] / log["rows"], 4),
    }
    with (out / "log.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")
    (out / "dropped.json").write_text(json.dumps(dict(source.dropped.most_common(40)), indent=1))


def _save(
    args: argparse.Namespace, network: Network, optimizer: Any, spent: float, step: int
) -> None:
    from safetensors.torch import save_file

    state = {name: own.contiguous() for name, own in network.state_dict().items()}
    save_file(state, str(args.out / "network.part"))
    (args.out / "network.part").rename(args.out / "network.safetensors")
    torch.save(optimizer.state_dict(), args.out / "optimizer.pt")
    # The name of a folder tells which run it was; where it lay is nobody's business.
    plain = {
        key: value.name if isinstance(value, Path) else str(value)
        for key, value in vars(args).items()
    }
    facts = {"step": step, "spent": spent, "shape": settings(network.shape), "settings": plain}
    (args.out / "run.json").write_text(json.dumps(facts, indent=1))


def _resume(args: argparse.Namespace, network: Network, optimizer: Any) -> tuple[float, int]:
    """Load this run's checkpoint, or that of the run to begin from, whose rate then starts anew."""
    folder = args.out if (args.out / "run.json").exists() else args.begin
    if folder is None:
        return 0.0, 0
    if not (folder / "run.json").exists():  # exported weights, which know their steps only
        return 0.0, int(json.loads((folder / "manifest.json").read_text())["steps"])
    from safetensors.torch import load_file

    network.load_state_dict(load_file(str(folder / "network.safetensors")))
    optimizer.load_state_dict(torch.load(folder / "optimizer.pt", weights_only=True))
    facts = json.loads((folder / "run.json").read_text())
    return float(facts["spent"]) if folder == args.out else 0.0, int(facts["step"])


if __name__ == "__main__":
    train(options().parse_args())

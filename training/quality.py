"""Score the development and acceptance sets: answers by `nbcodegen batch`, verdicts by scorers.

    make eval

Writes passed and total for each set, by kind and by language where the records say so. The
development sets are for measuring only; nothing here reaches training.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Exam:
    """A set of records with its scorer, as they lie in the data folder."""

    name: str
    records: str
    scorer: str
    passed: str
    """Key of a verdict that says whether it passed."""
    kind: str
    """Key of a record that scores are broken down by."""


EXAMS = (
    Exam("vis_dev", "vis_dev.jsonl", "score_vis.py", "pass", "chart"),
    Exam("analysis_dev", "analysis_dev.jsonl", "score_analysis.py", "pass_strict", "kind"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every exam and write the scores."""
    options = _parser().parse_args(arguments)
    options.runs.mkdir(parents=True, exist_ok=True)
    scores = dict(sit(options.data, options.runs, options.batch))
    scores["acceptance"] = _acceptance(options.runs)
    for name, score in scores.items():
        print(f"{name}: {score['passed']} of {score['total']}")
    options.out.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    return 0


def sit(data: Path, runs: Path, extra: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Answer and score each exam, afresh."""
    for exam in EXAMS:
        records, answers = data / exam.records, runs / f"{exam.name}.answers.jsonl"
        verdicts = runs / f"{exam.name}.verdicts.jsonl"
        answers.unlink(missing_ok=True)
        # A set's tables are beside it, as its paths say.
        batch = ["batch", str(records), "--root", str(data), "--out", str(answers), *extra]
        _run("-m", "nbcodegen.cli", *batch)
        _run(str(data / exam.scorer), str(records), str(answers), "--out", str(verdicts))
        yield exam.name, tally(_lines(records), _lines(verdicts), exam)


def tally(
    records: Sequence[dict[str, Any]], verdicts: Sequence[dict[str, Any]], exam: Exam
) -> dict[str, Any]:
    """Count what passed, in all and by kind."""
    passed = {str(verdict["id"]) for verdict in verdicts if verdict[exam.passed]}
    by_kind: dict[str, dict[str, int]] = {}
    for record in records:
        count = by_kind.setdefault(str(record[exam.kind]), {"passed": 0, "total": 0})
        count["total"] += 1
        count["passed"] += str(record["id"]) in passed
    return {"passed": len(passed), "total": len(records), "by_kind": by_kind}


def _acceptance(runs: Path) -> dict[str, Any]:
    out = runs / "acceptance.json"
    _run("-m", "nbcodegen.training.acceptance", "--out", str(out))
    return dict(json.loads(out.read_text(encoding="utf-8")))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _run(*command: str) -> None:
    subprocess.run([sys.executable, *command], check=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nbcodegen.training.quality")
    parser.add_argument("--data", type=Path, required=True, help="folder of the development sets")
    parser.add_argument("--out", type=Path, required=True, help="scores, as JSON")
    parser.add_argument("--runs", type=Path, default=Path("runs/eval"), help="answers and verdicts")
    parser.add_argument("batch", nargs="*", help="options for `nbcodegen batch`, after `--`")
    return parser


if __name__ == "__main__":
    sys.exit(main())

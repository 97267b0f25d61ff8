"""Score the development and acceptance sets: answers by `nbcodegen batch`, verdicts by scorers.

    make eval

Writes passed and total for each set, by kind and by language where the records say so, for eight
candidates tried and chosen from, and how many the greedy derivation of the weights that ship
passes alone. Options after `--` are for the candidates of every set (`-- --model adapter:NAME`).
The development sets are for measuring only; nothing here reaches training.
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

from nbcodegen.training.scoring.acceptance import RECORDS


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
    scores["acceptance"] = _acceptance(options.runs, options.batch)
    for name, score in scores.items():
        print(f"{name}: {score['passed']} of {score['total']}")
    options.out.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    return 0


def sit(data: Path, runs: Path, extra: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Answer and score each exam, afresh: as the product does, and greedily for comparison."""
    for exam in EXAMS:
        records, answers = data / exam.records, runs / f"{exam.name}.answers.jsonl"
        answers.unlink(missing_ok=True)
        # A set's tables are beside it, as its paths say.
        files = [str(records), "--root", str(data), "--out"]
        _run("-m", "nbcodegen.cli", "batch", *files, str(answers), "--candidates", "8", *extra)
        score = tally(_lines(records), _scored(exam, data, answers), exam)
        alone = runs / f"{exam.name}.greedy.jsonl"
        _run("-m", "nbcodegen.training.scoring.baseline", *files, str(alone))
        greedy = tally(_lines(records), _scored(exam, data, alone), exam)
        yield exam.name, score | {"greedy": greedy["passed"]}


def _scored(exam: Exam, data: Path, answers: Path) -> list[dict[str, Any]]:
    verdicts = answers.with_suffix(".verdicts.jsonl")
    _run(str(data / exam.scorer), str(data / exam.records), str(answers), "--out", str(verdicts))
    return _lines(verdicts)


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


def _acceptance(runs: Path, extra: Sequence[str]) -> dict[str, Any]:
    out, alone = runs / "acceptance.json", runs / "acceptance.greedy.jsonl"
    judged = ("-m", "nbcodegen.training.scoring.acceptance", "--out", str(out))
    _run(*judged, "--", "--candidates", "8", *extra)
    score = dict(json.loads(out.read_text(encoding="utf-8")))
    files = [str(RECORDS), "--root", str(RECORDS.parent), "--out", str(alone)]
    _run("-m", "nbcodegen.training.scoring.baseline", *files)
    _run(*judged, "--answers", str(alone))
    return score | {"greedy": json.loads(out.read_text(encoding="utf-8"))["passed"]}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _run(*command: str) -> None:
    subprocess.run([sys.executable, *command], check=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nbcodegen.training.scoring.quality")
    parser.add_argument("--data", type=Path, required=True, help="folder of the development sets")
    parser.add_argument("--out", type=Path, required=True, help="scores, as JSON")
    parser.add_argument("--runs", type=Path, default=Path("runs/eval"), help="answers and verdicts")
    parser.add_argument("batch", nargs="*", help="options for `nbcodegen batch`, after `--`")
    return parser


if __name__ == "__main__":
    sys.exit(main())

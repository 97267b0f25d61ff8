"""Scores of one model: every set is answered by that model, and by no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nbcodegen.training.scoring import quality

RECORD = {"id": "1", "chart": "bar", "kind": "groupby"}


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """What would be run, with files as the real commands write them."""
    ran = []

    def run(*command):
        ran.append(command)
        out = Path(command[command.index("--out") + 1])
        verdict = {"id": "1", "pass": True, "pass_strict": True}
        whole = "nbcodegen.training.scoring.acceptance" in command
        out.write_text(json.dumps({"passed": 3, "total": 4} if whole else verdict) + "\n")

    monkeypatch.setattr(quality, "_run", run)
    for exam in quality.EXAMS:
        (tmp_path / exam.records).write_text(json.dumps(RECORD) + "\n")
    return ran


def test_the_model_that_is_named_answers_every_set(commands, tmp_path):
    out = tmp_path / "scores.json"
    told = ["--data", str(tmp_path), "--runs", str(tmp_path / "runs"), "--out", str(out)]
    assert quality.main([*told, "--", "--model", "adapter:house"]) == 0
    answering = [each for each in commands if "--candidates" in each]
    assert len(answering) == len(quality.EXAMS) + 1
    assert all(each[-2:] == ("--model", "adapter:house") for each in answering)
    assert set(json.loads(out.read_text())) == {"vis_dev", "analysis_dev", "acceptance"}

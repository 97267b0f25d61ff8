"""The measurements of large models run, on the smallest one, and every number is one."""

from __future__ import annotations

import re

import pytest

from nbcodegen.training.bench import large, shapes


@pytest.mark.slow
def test_every_measurement_gives_a_number(tmp_path, capsys):
    out = tmp_path / "table.md"
    assert large.main(["--shapes", "smallest", "--quantize", "none", "--out", str(out)]) == 0
    table = [line for line in out.read_text().splitlines() if line.startswith("|")]
    rows = [line.split("|")[1:4] for line in table[2:]]
    assert len(rows) >= 7
    assert all(re.search(r"\d", measured) for _, measured, _ in rows)
    assert "\n".join(table) in capsys.readouterr().out
    (named,) = (measured for what, measured, _ in rows if "do not exist" in what)
    free, held, all_of_them = map(int, re.findall(r"\d+", named))
    assert held == 0 < free <= all_of_them


def test_guesses_of_code_that_repeats_the_prompt_are_counted_as_right():
    tokenizer = shapes.words(2048)
    from nbcodegen.causal.vocabulary import Vocabulary
    from nbcodegen.causal.writing import Writer

    writer = Writer.__new__(Writer)
    writer.vocabulary, writer.ends = Vocabulary(tokenizer), frozenset()
    code = 'means = homes.groupby("district")["price"].mean().sort_values(ascending=False)'
    copied = large.Pair(f"previous: {code}\nrequest: as before\n", code, {})
    unlike = large.Pair("request: rows\n", code, {})
    many, total = large.widths(writer, tokenizer, [copied])
    few, _ = large.widths(writer, tokenizer, [unlike])
    assert len(many) < len(few) / 2
    assert total >= len(few)

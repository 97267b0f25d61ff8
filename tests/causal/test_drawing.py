"""Chance is held to the tokens that the options leave."""

from __future__ import annotations

import torch

from nbcodegen.causal.drawing import drawn, penalised
from nbcodegen.values import Decoding

SCORES = torch.tensor([4.0, 3.0, 2.0, 1.0, 0.0]).expand(2000, 5)


def found(**how):
    chance = torch.Generator().manual_seed(1)
    return drawn(SCORES, Decoding(**{"top_p": 1.0, "temperature": 1.0, **how}), chance)


def test_top_k_leaves_the_k_likeliest():
    assert set(found(top_k=2, temperature=5.0).tolist()) == {0, 1}


def test_top_p_leaves_the_likeliest_that_have_this_share_together():
    assert set(found(top_p=0.7).tolist()) == {0, 1}
    assert set(found(top_p=0.01).tolist()) == {0}


def test_tokens_come_as_often_as_their_scores_say():
    shares = torch.bincount(found(), minlength=5) / len(SCORES)
    assert torch.allclose(shares, SCORES[0].softmax(0), atol=0.04)


def test_a_low_temperature_is_close_to_the_likeliest():
    assert (found(temperature=0.1) == 0).float().mean() > 0.99


def test_what_was_written_is_less_likely_and_nothing_else_is_touched():
    scores = torch.tensor([2.0, -2.0, 1.0])
    assert penalised(scores, [0, 1, 1], 2.0).tolist() == [1.0, -4.0, 1.0]
    assert penalised(scores, [0], 1.0) is scores

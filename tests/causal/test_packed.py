"""Weights that are laid out for the CPU: the same scores, no second copy, and a way back."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch
from torch import nn

from nbcodegen.causal import packed, weights

PROMPT = torch.tensor([[5, 6, 7, 8, 9, 10, 11]])


@pytest.fixture
def model(folder):
    return weights.model(weights.find(str(folder)), "fp32").eval().requires_grad_(False)


def linears(model):
    return [each for each in model.modules() if type(each) is nn.Linear]


def scores(model):
    with torch.inference_mode():
        return model(input_ids=PROMPT).logits


class Odd(nn.Module):
    """Reads a layer's weights by itself, as some models do."""

    def __init__(self):
        super().__init__()
        self.words, self.plain, self.read = nn.Embedding(20, 8), nn.Linear(8, 8), nn.Linear(8, 20)

    def forward(self, input_ids):
        inner = self.plain(self.words(input_ids))
        return SimpleNamespace(logits=nn.functional.linear(inner, self.read.weight))


def test_a_packed_model_comes_to_the_same_scores(model):
    before = scores(model)
    assert packed.pack(model)
    assert torch.allclose(scores(model), before, atol=1e-4)


def test_nothing_is_held_twice(model):
    assert packed.pack(model)
    assert linears(model)
    assert all(each.weight.numel() == 0 for each in linears(model))
    assert {each.weight.dtype for each in linears(model)} == {torch.float32}


def test_a_model_that_reads_its_layers_itself_stays_as_it_was():
    model = Odd().requires_grad_(False)
    before = {name: each.clone() for name, each in model.named_parameters()}
    said = scores(model)
    assert not packed.pack(model)
    assert all(torch.equal(each, before[name]) for name, each in model.named_parameters())
    assert torch.equal(scores(model), said)


def test_where_torch_has_no_such_operators_everything_stays(model, monkeypatch):
    def missing(_layer):
        raise RuntimeError("no kernel")

    before = scores(model)
    monkeypatch.setattr(packed, "_pack", missing)
    assert not packed.pack(model)
    assert torch.equal(scores(model), before)


def test_layers_that_find_no_room_stay_as_they_are(model, monkeypatch):
    monkeypatch.setattr("psutil.virtual_memory", lambda: SimpleNamespace(available=10_000))
    before = scores(model)
    assert not packed.pack(model)
    assert torch.equal(scores(model), before)

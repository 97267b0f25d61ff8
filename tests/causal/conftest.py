"""Tiny models of real shape, saved as the hub has them, opened once for these tests."""

from __future__ import annotations

import pytest
from tiny_causal import save_model


@pytest.fixture(scope="session", params=["qwen2", "llama"])
def folder(request, tmp_path_factory):
    """A model's folder in each layout: with a chat template, and plain."""
    return save_model(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture(scope="session")
def opened(folder):
    """The model and its tokenizer."""
    import torch

    from nbcodegen.causal import weights

    torch.set_num_threads(1)
    base = weights.find(str(folder))
    return weights.model(base, "fp32").eval(), weights.tokenizer(base)

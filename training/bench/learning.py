"""One QLoRA step over a model of real shape: tokens a second, and the most memory it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from nbcodegen.causal import weights

LENGTH = 1024
"""Tokens of the sequence."""
STEPS = 3


def measure(shape: str, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield rows of a table: what, how much, what was asked."""
    import torch

    model, optimizer = _adapted(folder)
    device = model.device
    if torch.cuda.is_available():
        torch.cuda.reset_peak_memory_stats()
    ids = torch.randint(1, 2000, (1, LENGTH), device=device)
    times = []
    for _ in range(STEPS + 1):
        start = time.perf_counter()
        loss = model(input_ids=ids, labels=ids, use_cache=False).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        loss.detach().item()  # waits for the device
        times.append(time.perf_counter() - start)
    rate = LENGTH / median(times[1:])
    peak = f"{torch.cuda.max_memory_allocated() / 1e9:.1f} GB" if torch.cuda.is_available() else "?"
    yield (
        f"{shape}: QLoRA step, {LENGTH} tokens", f"{rate:.0f} tokens/s, peak {peak}",
        "7B within 16 GB",
    )  # fmt: skip


def _adapted(folder: Path) -> tuple[Any, Any]:
    import peft
    import torch

    gpu = torch.cuda.is_available()
    base = weights.Base(str(folder))
    model = weights.model(base, "bf16" if gpu else "fp32", nf4=True, device=0 if gpu else "cpu")
    tuning: Any = peft
    model = tuning.prepare_model_for_kbit_training(model)
    lora = tuning.LoraConfig(r=16, lora_alpha=32, target_modules="all-linear")
    model = tuning.get_peft_model(model, lora)
    learnt = [each for each in model.parameters() if each.requires_grad]
    if gpu:
        import bitsandbytes

        library: Any = bitsandbytes
        return model.train(), library.optim.PagedAdamW8bit(learnt, lr=2e-4)
    return model.train(), torch.optim.AdamW(learnt, lr=2e-4)

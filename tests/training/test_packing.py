"""Several texts share a row, and none learns anything of another."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tiny_causal import save_model

from nbcodegen.causal import weights
from nbcodegen.training.tuning import packing
from nbcodegen.training.tuning.causal_trainer import loss

torch.set_num_threads(1)


@pytest.fixture(scope="module", params=["qwen2", "llama"])
def model(request, tmp_path_factory):
    folder = save_model(tmp_path_factory.mktemp("base"), request.param)
    return weights.model(weights.Base(str(folder)), "fp32").eval()


def _store(lengths, seed=0):
    numbers = torch.Generator().manual_seed(seed)
    store = packing.Store()
    for length in lengths:
        ids = torch.randint(3, 300, (length,), generator=numbers).tolist()
        store.add(ids, [packing.MASKED] * (length // 2) + ids[length // 2 :])
    return store


def _row(store, order):
    return packing.Rows(store, [order])[0]


def _logits(model, batch):
    inputs = {name: batch[name] for name in ("input_ids", "position_ids", "attention_mask")}
    with torch.no_grad():
        return model(**inputs, use_cache=False).logits


def test_a_packed_text_reads_as_it_does_alone(model):
    store = _store([5, 17, 9])
    packed = _logits(model, packing.Blocks(pad=0)([_row(store, (1, 0, 2))]))
    at = 0
    for number in (1, 0, 2):
        ids = torch.tensor([store.ids[store.starts[number] : store.starts[number + 1]]])
        with torch.no_grad():
            alone = model(input_ids=ids, use_cache=False).logits[0]
        length = store.length(number)
        torch.testing.assert_close(packed[0, at : at + length], alone, atol=1e-5, rtol=1e-5)
        at += length


@pytest.mark.parametrize("changed", [0, 2])
def test_a_token_of_a_neighbour_changes_nothing(model, changed):
    store = _store([6, 11, 7])
    before = _logits(model, packing.Blocks(pad=0)([_row(store, (0, 1, 2))]))
    for at in range(store.starts[changed], store.starts[changed + 1]):
        store.ids[at] = (store.ids[at] + 7) % 300
    after = _logits(model, packing.Blocks(pad=0)([_row(store, (0, 1, 2))]))
    middle = slice(6, 17)
    torch.testing.assert_close(before[0, middle], after[0, middle], atol=1e-6, rtol=0)
    other = slice(0, 6) if changed == 0 else slice(17, 24)
    assert (before[0, other] - after[0, other]).abs().max() > 0.1


def test_without_the_mask_a_neighbour_would_be_read(model):
    store = _store([6, 11])
    batch = packing.Blocks(pad=0)([_row(store, (0, 1))])
    leaky = {**batch, "attention_mask": torch.tril(torch.ones_like(batch["attention_mask"]))}
    difference = (_logits(model, batch) - _logits(model, leaky))[0, 6:17].abs().max()
    assert difference > 0.01


def test_the_loss_and_its_gradient_are_the_same_packed_and_not(model):
    store = _store([9, 14, 6, 11])
    alone = [_row(store, (number,)) for number in range(4)]
    packed = [_row(store, (0, 1, 2, 3))]
    found = []
    for rows in (alone, packed):
        batch = packing.Blocks(pad=0)(rows)
        labels = batch.pop("labels")
        model.zero_grad()
        value = loss(model(**batch, use_cache=False), labels, smoothing=0.0)
        value.backward()
        found.append((value.detach(), model.lm_head.weight.grad.clone()))
    torch.testing.assert_close(found[0][0], found[1][0], atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(found[0][1], found[1][1], atol=1e-5, rtol=1e-4)


def test_the_first_token_of_a_text_is_learnt_from_no_neighbour():
    store = packing.Store()
    for ids in ([4, 5, 6], [7, 8]):
        store.add(ids, ids)
    row = _row(store, (0, 1))
    assert row["labels"] == [packing.MASKED, 5, 6, packing.MASKED, 8]
    assert row["position_ids"] == [0, 1, 2, 0, 1]


def test_room_to_spare_is_learnt_by_nobody_and_is_never_nan(model):
    batch = packing.Blocks(pad=0)([_row(_store([3]), (0,)), _row(_store([19]), (0,))])
    assert batch["input_ids"].shape == (2, 24)
    assert (batch["labels"][0, 3:] == packing.MASKED).all()
    assert torch.isfinite(_logits(model, batch)).all()


@given(
    lengths=st.lists(st.integers(1, 64), min_size=1, max_size=60),
    seed=st.integers(0, 5),
    packed=st.booleans(),
)
def test_every_text_stands_whole_in_one_row_and_no_row_is_too_long(lengths, seed, packed):
    store = packing.Store()
    for length in lengths:
        store.add([1] * length, [1] * length)
    rows = packing.rows(store, 64, packing=packed, seed=seed)
    assert sorted(number for members in rows.members for number in members) == list(
        range(len(lengths))
    )
    assert all(len(rows[at]["input_ids"]) <= 64 for at in range(len(rows)))
    assert rows.members == packing.rows(store, 64, packing=packed, seed=seed).members


def test_rows_are_nearly_full():
    lengths = [10 + at % 90 for at in range(500)]
    rows = packing.rows(_store(lengths), 256, packing=True)
    assert sum(lengths) / (len(rows) * 256) > 0.95


def test_for_flash_attention_the_texts_of_all_rows_stand_one_after_the_other():
    store = _store([5, 3, 4])
    batch = packing.Flat()([_row(store, (0, 1)), _row(store, (2,))])
    assert batch["input_ids"].tolist() == [list(store.ids)]
    assert batch["cu_seq_lens_q"].tolist() == [0, 5, 8, 12]
    assert batch["position_ids"].tolist() == [[0, 1, 2, 3, 4, 0, 1, 2, 0, 1, 2, 3]]
    assert [batch["labels"][0, at].item() for at in (0, 5, 8)] == [packing.MASKED] * 3


def test_label_smoothing_is_pytorchs_and_counts_learnt_positions_only():
    logits, labels = torch.randn(2, 5, 9), torch.randint(0, 9, (2, 5))
    labels[0, :3] = packing.MASKED
    found = loss({"logits": logits}, labels, smoothing=0.1)
    wanted = torch.nn.functional.cross_entropy(
        logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), label_smoothing=0.1,
        ignore_index=packing.MASKED,
    )  # fmt: skip
    assert math.isclose(found.item(), wanted.item(), rel_tol=1e-6)

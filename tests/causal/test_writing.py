"""The loop writes what plain `generate` would write, in fewer steps, and can be left anywhere."""

from __future__ import annotations

import pytest
import torch

from nbcodegen.causal.orders import Order, Piece, Written
from nbcodegen.causal.vocabulary import Vocabulary
from nbcodegen.causal.writing import CHUNK, Writer
from nbcodegen.values import Decoding

PROMPT = 'request: mean price by city\ncode:\nmeans = homes.groupby("city")["price"].mean()\nmeans'
LENGTH = 40


def never(_text):
    return False


@pytest.fixture(params=["growing", "fixed"])
def writer(request, opened):
    """Both kinds of caches: the second is what a GPU records, here without a recording."""
    model, tokenizer = opened
    ends = [tokenizer.eos_token_id]
    return Writer(model, Vocabulary(tokenizer), ends, fixed=request.param == "fixed")


def tokens(opened, text=PROMPT):
    return tuple(opened[1](text, add_special_tokens=True)["input_ids"])


def order(opened, text=PROMPT, ended=never, **given):
    how = {"tokens": LENGTH, **given.pop("how", {})}
    return Order(tokens(opened, text), ended, decoding=Decoding(**how), **given)


def written(writer, asked):
    return {each.rank: each for each in writer.write(asked) if isinstance(each, Written)}


def texts(found):
    return {rank: each.text for rank, each in found.items()}


def plain(opened, text=PROMPT):
    """What transformers' own `generate` writes: the likeliest token each time."""
    model, tokenizer = opened
    ids = torch.tensor([tokens(opened, text)])
    out = model.generate(
        ids, attention_mask=torch.ones_like(ids), max_new_tokens=LENGTH, do_sample=False,
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.eos_token_id,
    )  # fmt: skip
    new = [token for token in out[0, ids.shape[1] :].tolist() if token != tokenizer.eos_token_id]
    return Vocabulary(tokenizer).text(new)


@pytest.mark.parametrize("lookup", [0, 3, 10])
def test_guessing_changes_nothing_of_what_is_written(opened, writer, lookup):
    (first,) = written(writer, order(opened, how={"lookup": lookup})).values()
    assert first.text == plain(opened)


def test_a_text_that_repeats_itself_takes_fewer_steps(opened, writer):
    asked = order(opened, how={"lookup": 10})
    steps = list(writer.write(asked))
    done = next(each for each in steps if isinstance(each, Written))
    unguessed = list(writer.write(order(opened, how={"lookup": 0})))
    assert done.tokens == LENGTH
    assert len(steps) < len(unguessed)


def test_the_first_of_several_candidates_is_the_one_that_comes_alone(opened, writer):
    several = written(writer, order(opened, count=5))
    assert sorted(several) == [0, 1, 2, 3, 4]
    assert several[0].text == plain(opened)
    assert several[0].score == pytest.approx(written(writer, order(opened))[0].score, abs=1e-4)


def test_the_same_seed_draws_the_same_candidates_and_another_others(opened, writer):
    one, same, other = (
        written(writer, order(opened, count=4, seed=seed, how={"temperature": 2.0}))
        for seed in (5, 5, 6)
    )
    assert texts(one) == texts(same)
    assert texts(one)[0] == texts(other)[0]
    assert texts(one) != texts(other)


def test_pieces_of_the_first_candidate_are_its_text(opened, writer):
    events = list(writer.write(order(opened, count=3)))
    pieces = [each.text for each in events if isinstance(each, Piece)]
    first = next(each for each in events if isinstance(each, Written) and each.rank == 0)
    assert len(pieces) > 1
    assert "".join(pieces) == first.text


def test_it_ends_as_soon_as_the_text_is_complete(opened, writer):
    whole = plain(opened)
    half = whole[: len(whole) // 2]
    (first,) = written(writer, order(opened, ended=lambda text: text.startswith(half))).values()
    assert first.text.startswith(half)
    assert first.tokens < LENGTH


def test_a_prompt_that_begins_like_the_last_one_is_read_from_where_it_differs(opened, writer):
    begin = "T0 table homes, 120 rows\n" + "C1 column 'price': float, of homes\n" * 30
    read = []
    real = writer._scores
    writer._scores = lambda block, cache: (read.append(len(block[0])), real(block, cache))[1]
    first = written(writer, order(opened, begin + "request: a\ncode:\n"))
    whole = sum(count for count in read if count == CHUNK)
    assert whole
    read.clear()
    other = written(writer, order(opened, begin + "request: b\ncode:\n"))
    assert CHUNK not in read
    fresh = Writer(writer.model, writer.vocabulary, writer.ends)
    assert texts(other) == texts(written(fresh, order(opened, begin + "request: b\ncode:\n")))
    assert texts(first) == texts(written(writer, order(opened, begin + "request: a\ncode:\n")))


def test_who_leaves_in_the_middle_leaves_it_as_it_was(opened, writer):
    begun = writer.write(order(opened, count=2))
    for _ in range(6):
        next(begun)
    begun.close()
    assert written(writer, order(opened))[0].text == plain(opened)


def test_two_who_ask_in_turn_get_what_each_would_get_alone(opened, writer):
    one, two = order(opened), order(opened, PROMPT.replace("mean", "max"), count=3)
    alone = [texts(written(writer, each)) for each in (one, two)]
    found = {0: {}, 1: {}}
    running = dict(enumerate(map(writer.write, (one, two))))
    while running:
        for which in list(running):
            event = next(running[which], "ended")
            if event == "ended":
                del running[which]
            elif isinstance(event, Written):
                found[which][event.rank] = event.text
    assert [found[0], found[1]] == alone


def test_a_cache_of_fixed_size_that_is_full_of_holes_is_closed_up(opened, writer, monkeypatch):
    from nbcodegen.causal import fixed

    asked = order(opened, count=3, how={"temperature": 1.0, "tokens": 200})
    wanted = texts(written(writer, asked))
    closed, real = [], fixed.Fixed._close_up
    monkeypatch.setattr(fixed.Fixed, "_close_up", lambda self: (closed.append(1), real(self)))
    tight = Writer(writer.model, writer.vocabulary, writer.ends, fixed=True)
    room = len(asked.tokens) + 200 + max(fixed.WIDTHS)
    tight._slots.take = lambda rows, places: fixed.Fixed(writer.model, rows, room)
    assert texts(written(tight, asked)) == wanted
    assert closed


def test_repetition_can_be_made_less_likely(opened, writer):
    (free,) = written(writer, order(opened)).values()
    (held,) = written(writer, order(opened, how={"repetition_penalty": 3.0})).values()
    words = [writer.vocabulary.text([token]) for token in tokens(opened, held.text)]
    assert held.text != free.text
    assert len(set(words)) > len(words) / 2


def test_beams_find_the_texts_that_transformers_own_search_finds(opened, writer):
    model, tokenizer = opened
    ids = torch.tensor([tokens(opened)])
    out = model.generate(
        ids, attention_mask=torch.ones_like(ids), max_new_tokens=6, min_new_tokens=6, num_beams=3,
        num_return_sequences=3, do_sample=False, length_penalty=1.0, early_stopping=False,
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.eos_token_id,
    )  # fmt: skip
    wanted = [writer.vocabulary.text(row) for row in out[:, ids.shape[1] :].tolist()]
    writer.ends = frozenset()  # as with `min_new_tokens`
    found = written(writer, order(opened, count=3, how={"beams": 3, "tokens": 6}))
    assert [found[rank].text for rank in range(3)] == wanted
    assert found[0].score >= found[1].score >= found[2].score


def test_several_beams_are_never_less_likely_than_one(opened, writer):
    (one,) = written(writer, order(opened)).values()
    (best,) = written(writer, order(opened, how={"beams": 4})).values()
    assert best.score >= one.score - 1e-4


@pytest.mark.parametrize("fixed", [True, False])
def test_a_model_whose_window_slides_writes_what_transformers_writes(opened, fixed):
    from transformers import MistralConfig, MistralForCausalLM

    tokenizer = opened[1]
    torch.manual_seed(0)
    config = MistralConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, sliding_window=16,
    )  # fmt: skip
    model = MistralForCausalLM(config).eval()
    with torch.no_grad():
        model.lm_head.weight.mul_(20)
    own = (model, tokenizer)
    writer = Writer(model, Vocabulary(tokenizer), [tokenizer.eos_token_id], fixed=fixed)
    for _ in range(2):
        assert written(writer, order(own))[0].text == plain(own)
        assert written(writer, order(own, count=3))[0].text == plain(own)


def test_candidates_in_one_cache_see_the_prompt_and_themselves_only(opened):
    from transformers import DynamicCache

    from nbcodegen.causal.growing import Growing

    model = opened[0]
    prompt = [5, 6, 7, 8]
    cache = DynamicCache(config=model.config)
    with torch.inference_mode():
        model(input_ids=torch.tensor([prompt]), past_key_values=cache)
    memory = Growing(model, cache, 3, len(prompt))
    texts = [list(prompt) for _ in range(3)]
    for blocks, kept in (
        ([[9, 10, 11], [12], [13, 14]], [1, 1, 2]),
        ([[15], [16, 17], [18]], [1, 2, 1]),
        ([[19, 20], [21], [22, 23]], [2, 1, 1]),
    ):
        found = memory.read(blocks, [len(text) for text in texts])
        wanted = []
        for text, block in zip(texts, blocks, strict=True):
            with torch.inference_mode():
                alone = model(input_ids=torch.tensor([text + block])).logits[0, len(text) :]
            wanted.append(alone)
        assert torch.allclose(found, torch.cat(wanted), atol=1e-4)
        memory.settle(kept)
        for text, block, count in zip(texts, blocks, kept, strict=True):
            text += block[:count]
    memory.select([2])
    assert cache.get_seq_length() == len(texts[2])
    assert cache.layers[0].keys.shape[-2] == len(texts[2])


def test_a_model_whose_attention_takes_no_mask_of_ours_is_written_in_a_batch(opened, monkeypatch):
    from nbcodegen.causal import writing

    model, tokenizer = opened
    writer = Writer(model, Vocabulary(tokenizer), [tokenizer.eos_token_id])
    asked = order(opened, count=3, how={"lookup": 0})
    wanted = texts(written(writer, asked))
    monkeypatch.setattr(writing, "takes_trees", lambda model, cache: False)
    assert texts(written(writer, asked)) == wanted
    assert texts(written(writer, order(opened)))[0] == plain(opened)


@pytest.mark.parametrize("how", [{"repetition_penalty": 1.5}, {"beams": 3}, {"lookup": 0}])
def test_however_tokens_are_chosen_only_columns_that_exist_are_written(opened, writer, how):
    from nbcodegen.causal.grounding import Grounding

    class After(Grounding):
        def place(self, code):
            return super().place('x = homes["' + code)

    ground = After({"homes": ("Umlaut ü", "qty_2")})
    asked = order(
        opened, 'x = homes["', lambda text: '"' in text, count=2, grounding=ground, how=how
    )
    names = [each.text.partition('"')[0] for each in written(writer, asked).values()]
    assert len(names) == 2
    assert set(names) <= {"Umlaut ü", "qty_2"}

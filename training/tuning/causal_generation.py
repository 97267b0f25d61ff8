"""A causal model and prompts -> the code it writes: the first greedy, further ones drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from nbcodegen import chat
from nbcodegen.causal import weights
from nbcodegen.prompt import TEMPLATE
from nbcodegen.training.errors import TrainError
from nbcodegen.training.records import Text
from nbcodegen.training.tuning import causal_adapter, causal_base, causal_ranks, packing
from nbcodegen.training.tuning.texts import encode
from nbcodegen.values import Prompt

MAX_NEW_TOKENS = 256


@dataclass(frozen=True, slots=True)
class Drawing:
    """How candidates after the first are drawn."""

    temperature: float = 0.8
    top_p: float = 0.95
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Writer:
    """A causal model that is open, and how it is spoken to."""

    model: Any
    tokenizer: Any
    form: chat.Form
    batch: int = 8

    def codes(
        self,
        prompts: Sequence[Prompt],
        count: int = 1,
        drawing: Drawing | None = None,
        max_new_tokens: int = MAX_NEW_TOKENS,
    ) -> list[tuple[str, ...]]:
        """Write `count` codes for each prompt: the first greedy, the others drawn with the seed."""
        texts = [chat.wrap(prompt, self.tokenizer, self.form) for prompt in prompts]
        found: list[tuple[str, ...]] = [()] * len(texts)
        # Prompts of like length together: padding costs time, and nothing else.
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for first in range(0, len(order), self.batch):
            numbers = order[first : first + self.batch]
            several = self._several(
                [texts[each] for each in numbers], count, drawing or Drawing(), max_new_tokens
            )
            for number, codes in zip(numbers, several, strict=True):
                found[number] = codes
        return found

    def perplexity(self, texts: Iterable[Text]) -> float:
        """Return e to the mean loss over the tokens of all completions; NaN without any."""
        import torch

        total, count = 0.0, 0
        with self._still(), torch.inference_mode():
            for text in texts:
                tokens = encode(text, self.tokenizer, self.form)
                ids, labels = self._tensor([tokens.ids]), self._tensor([tokens.labels])
                logits = self.model(input_ids=ids, use_cache=False).logits[0, :-1].float()
                learnt = labels[0, 1:]
                total += float(
                    torch.nn.functional.cross_entropy(
                        logits, learnt, ignore_index=packing.MASKED, reduction="sum"
                    )
                )
                count += int((learnt != packing.MASKED).sum())
        return math.exp(total / count) if count else math.nan

    def _several(
        self, texts: Sequence[str], count: int, drawing: Drawing, longest: int
    ) -> list[tuple[str, ...]]:
        import torch

        greedy = self._written(texts, longest, do_sample=False)
        if count == 1:
            return [(code,) for code in greedy]
        with torch.random.fork_rng():
            torch.manual_seed(drawing.seed)
            drawn = self._written(
                texts, longest, do_sample=True, temperature=drawing.temperature,
                top_p=drawing.top_p, top_k=0, num_return_sequences=count - 1,
            )  # fmt: skip
        groups = (drawn[at : at + count - 1] for at in range(0, len(drawn), count - 1))
        return [(first, *rest) for first, rest in zip(greedy, groups, strict=True)]

    def _written(self, texts: Sequence[str], longest: int, **how: Any) -> list[str]:
        import torch

        rows = [chat.tokens(text, self.tokenizer, self.form) for text in texts]
        width, ends = max(map(len, rows)), self._ends()
        # On the left, so that each text goes on where its prompt ends.
        ids = self._tensor([[ends[0]] * (width - len(row)) + row for row in rows])
        seen = self._tensor([[0] * (width - len(row)) + [1] * len(row) for row in rows])
        with self._still(), torch.inference_mode():
            written = self.model.generate(
                input_ids=ids,
                attention_mask=seen,
                generation_config=_generation(longest, ends, how),
            )
        tails = written[:, width:].tolist()
        return [self._code(tail) for tail in tails]

    def _ends(self) -> list[int]:
        return weights.ends(self.model, self.tokenizer)

    def _code(self, ids: Sequence[int]) -> str:
        ends = set(self._ends())
        kept = list(takewhile(lambda token: token not in ends, ids))
        text = self.tokenizer.decode(
            kept, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return chat.code_of(text, self.form)

    def _tensor(self, rows: Sequence[Sequence[int]]) -> Any:
        import torch

        return torch.tensor(rows, device=self.model.device)

    def _still(self) -> Any:
        """A context in which the model does not drop anything out; afterwards it is as it was."""
        return _Still(self.model)


def _generation(longest: int, ends: list[int], how: dict[str, Any]) -> Any:
    """What the model's own folder says of sampling is left aside: only this counts."""
    import transformers

    library: Any = transformers
    return library.GenerationConfig(
        max_new_tokens=longest, eos_token_id=ends, pad_token_id=ends[0], use_cache=True,
        repetition_penalty=1.0, **how,
    )  # fmt: skip


class _Still:
    def __init__(self, model: Any) -> None:
        self._model, self._learning = model, model.training

    def __enter__(self) -> None:
        self._model.eval()

    def __exit__(self, *_: object) -> None:
        self._model.train(self._learning)


def open_writer(folder: Path, *, nf4: bool = False, batch: int = 8) -> Writer:
    """Open an adapter over its base, a merged model, or any base model of this machine.

    Raises `TrainError` where the adapter was made for another prompt template.
    """
    import torch

    from nbcodegen.training.recipe import Recipe

    base = causal_base.find(Recipe(base=str(folder)))
    tokenizer = weights.tokenizer(base)
    form = _form(folder, tokenizer)
    device = causal_ranks.device()
    precision: weights.Precision = "fp32" if device == "cpu" else "bf16"
    model = weights.model(base, precision, nf4=nf4, device=device)
    if base.adapter is not None:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, str(base.adapter), is_trainable=False)
    if not nf4:
        model = model.to(torch.device(device))
    return Writer(model.eval(), tokenizer, form, batch)


def generate(
    folder: Path, prompts: Sequence[Prompt], count: int = 1, drawing: Drawing | None = None
) -> Iterator[tuple[str, ...]]:
    """Open a model and yield `count` codes for each prompt; see `Writer.codes`."""
    yield from open_writer(folder).codes(prompts, count, drawing)


def _form(folder: Path, tokenizer: Any) -> chat.Form:
    """The form that a model was made with; a base model's own where nobody says."""
    names = (causal_adapter.NAME, causal_adapter.MODEL_NAME)
    name = next((each for each in names if (folder / each).is_file()), None)
    if name is None:
        return chat.form_of(tokenizer)
    made_for = causal_adapter.load(folder, name).template
    forms: dict[str, chat.Form] = {chat.template(TEMPLATE, form): form for form in chat.FORMS}
    if made_for not in forms:
        raise TrainError(
            f"{folder} was made for the prompt template {made_for!r}; this version serves "
            f"{', '.join(forms)}. Tune it again, or use the version that made it."
        )
    return forms[made_for]

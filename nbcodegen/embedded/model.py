"""The embedded model behind the `Model` seam: weights in the package, onnxruntime, one process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbcodegen.embedded.beam import Beam, search
from nbcodegen.embedded.coverage import Coverage
from nbcodegen.embedded.derivation import Pointers
from nbcodegen.embedded.joining import unasked
from nbcodegen.embedded.reader import Encoded, Marks, encode
from nbcodegen.errors import DamagedModel
from nbcodegen.language import language
from nbcodegen.plan import WORDS, PlanError
from nbcodegen.prompt import TEMPLATE
from nbcodegen.values import Completion, Prompt

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).parent.parent / "weights"
SPARE_BEAMS = 5
"""Beams beyond the candidates asked for: some write the same code, some fail the checks."""
REVISION = 12
"""Hexadecimal digits of a hash that name the weights."""
FAR = 8.0
"""Log-probability behind the best beam at which one is no candidate: it could not be chosen, and
the time to try it is the user's."""
_NEXT = "Reinstall it: pip install --force-reinstall nbcodegen"
OUT_OF_SCOPE = (
    "The embedded model writes pandas and matplotlib code about the tables at hand, "
    "and this request reads as something else."
)


class EmbeddedModel:
    """A specialist for questions about tables, changes to them, and charts of them."""

    where = "in process"
    template = TEMPLATE
    general = False

    def __init__(self, folder: Path = WEIGHTS, name: str = "embedded") -> None:
        self.name = name
        self._manifest = _manifest(folder)
        self.revision = str(self._manifest["sha256"]["decoder.onnx"])[:REVISION]
        self._marks, self._pieces = _tokenizer(folder)
        self._reader, self._decoder = _sessions(folder)

    def complete(
        self, prompt: Prompt, *, count: int, seed: int, stop: Callable[[], bool]
    ) -> Iterator[Completion]:
        """Yield up to `count` different completions, best first, none that was rejected before."""
        row = encode(prompt, self._pieces, self._marks)
        pointers = Pointers(prompt)
        width = count + SPARE_BEAMS + 2 * len(prompt.rejected)
        noise = _gumbel(seed) if seed else None
        apart = unasked(prompt)
        beams = search(
            self._stepper(row), pointers, width=width, stop=stop, noise=noise, forbidden=apart
        )
        coverage = Coverage(prompt, pointers)
        # Declining uses nothing of the request, so it must be surer where columns are named.
        beams = [
            replace(beam, total=beam.total - coverage.lost(beam.state.symbols)) for beam in beams
        ]
        beams.sort(key=lambda beam: -beam.total)
        if beams and beams[0].state.symbols == ("decline",):
            guesses = search(
                self._stepper(row), pointers, width=2, stop=stop, forbidden=apart | {"decline"}
            )
            guess = next(_completions(guesses, prompt, pointers, 1), None)
            yield Completion(guess.text if guess else "", beams[0].total, declined=OUT_OF_SCOPE)
            return
        yield from _completions(beams, prompt, pointers, count)

    def greedy(self, prompt: Prompt) -> Completion | None:
        """Return the derivation that is most probable step by step, compared with no other.

        None where it declines or says nothing. It is what other ways of choosing are measured by.
        """
        row, pointers = encode(prompt, self._pieces, self._marks), Pointers(prompt)
        beams = search(
            self._stepper(row), pointers, width=1, stop=lambda: False, forbidden=unasked(prompt)
        )
        return next(_completions(beams, prompt, pointers, 1), None)

    def _stepper(self, row: Encoded) -> _Steps:
        return _Steps(self._reader, self._decoder, row, self._manifest["shape"])


def _completions(
    beams: Sequence[Beam], prompt: Prompt, pointers: Pointers, count: int
) -> Iterator[Completion]:
    from nbcodegen.rendering.cell import render
    from nbcodegen.words import words

    lang = language(prompt.request)
    rejected = {each.candidate.code for each in prompt.rejected}
    seen = set(rejected)
    for beam in beams:
        if len(seen) >= count + len(rejected) or beam.state.symbols == ("decline",):
            continue
        if beam.total < beams[0].total - FAR:
            break
        try:
            code = render(beam.state.symbols, pointers.items, prompt.tables, lang)
        except PlanError:
            continue  # a derivation that says nothing, such as a chart of a key by itself
        if code not in seen:
            seen.add(code)
            account = words(beam.state.symbols, pointers.items, lang)
            yield Completion(code, beam.total, account)


class _Steps:
    """The decoder's state for one prompt: what was read, and the past of every beam."""

    def __init__(self, reader: Any, decoder: Any, row: Encoded, shape: dict[str, int]) -> None:
        import numpy as np

        features = np.array(
            [[row.ids, row.segments, row.kinds, row.matches, row.buckets]], dtype=np.int64
        )
        outputs = reader.run(
            None, {"features": features, "pointers": np.array(row.pointers, dtype=np.int64)}
        )
        self._read = dict(zip(("keys", "values", "table", "answers"), outputs, strict=True))
        head = shape["width"] // shape["heads"]
        empty = np.zeros((shape["layers"], 1, shape["heads"], 0, head), dtype=np.float32)
        self._past = (empty, empty)
        self._place = 0
        self._decoder = decoder

    def step(self, written: Sequence[int], parents: Sequence[int]) -> np.ndarray:
        """Advance every beam by the symbol it wrote last."""
        import numpy as np

        keys, values = (past[:, parents] for past in self._past)
        scores, *self._past = self._decoder.run(
            None,
            {
                "written": np.array(written, dtype=np.int64),
                "place": np.array([self._place], dtype=np.int64),
                "past_keys": keys,
                "past_values": values,
                **self._read,
            },
        )
        self._place += 1
        return scores  # type: ignore[no-any-return]


def _gumbel(seed: int, temperature: float = 0.3) -> Callable[[int], np.ndarray]:
    import numpy as np

    rng = np.random.default_rng(seed)
    return lambda count: rng.gumbel(size=count) * temperature


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise DamagedModel(f"The embedded model is incomplete ({path}: {error}). {_NEXT}") from None
    if manifest.get("template") != TEMPLATE or manifest.get("words") != _digest(" ".join(WORDS)):
        raise DamagedModel(
            f"The weights in {folder} were made for another version of the prompt or of the plan "
            f"language ({manifest.get('template')}, not {TEMPLATE}). {_NEXT}"
        )
    return manifest


def verify(folder: Path = WEIGHTS) -> None:
    """Compare every file's SHA-256 with the manifest; raise `DamagedModel` where they differ."""
    for name, digest in _manifest(folder)["sha256"].items():
        path = folder / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise DamagedModel(f"{path} is missing or was changed. {_NEXT}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _tokenizer(folder: Path) -> tuple[Marks, Callable[[str], tuple[int, ...]]]:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises a bare Exception for a broken file
        raise DamagedModel(f"The tokenizer in {folder} does not load ({error}). {_NEXT}") from None
    tokenizer.no_padding()
    tokenizer.no_truncation()
    vocab = tokenizer.get_vocab()
    opening = ("[CLS]", "[SEP]", "[unused1]", "[unused2]", "[unused3]")

    @lru_cache(maxsize=20_000)
    def pieces(word: str) -> tuple[int, ...]:
        return tuple(tokenizer.encode(word, add_special_tokens=False).ids)

    return Marks(*(vocab[name] for name in opening)), pieces


def _sessions(folder: Path) -> tuple[Any, Any]:
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 2
    settings.log_severity_level = 3
    try:
        return tuple(
            onnxruntime.InferenceSession(
                str(folder / name), settings, providers=["CPUExecutionProvider"]
            )
            for name in ("reader.onnx", "decoder.onnx")
        )
    except Exception as error:  # onnxruntime has one exception class a fault, none documented
        raise DamagedModel(f"The weights in {folder} do not load ({error}). {_NEXT}") from None

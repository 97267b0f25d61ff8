"""Records -> answers, in order, one at a time; a run that stopped goes on where it was."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nbcodegen.commands.records import (
    AnswerLine,
    load_record_tables,
    read_record,
    record_id,
    write_answer,
    written_ids,
)
from nbcodegen.errors import Cancelled, Declined, GenerateError

if TYPE_CHECKING:
    from nbcodegen.settings import Settings
    from nbcodegen.trial import Trials
    from nbcodegen.values import Model


@dataclass(frozen=True, slots=True)
class Desk:
    """What requests are answered with."""

    model: Model
    settings: Settings
    trials: Trials | None = None


def answer_file(
    lines: Sequence[str],
    out: Path,
    root: Path,
    desk: Desk,
    *,
    warn: Callable[[str], None],
) -> Iterator[AnswerLine]:
    """Append an answer for every line that has none yet; yield each as it is written."""
    done = Counter(written_ids(out))
    with out.open("a", encoding="utf-8") as file:
        for number, line in enumerate(lines, start=1):
            name = record_id(line, number)
            if done[name]:  # counted, so that an id used twice is answered twice
                done[name] -= 1
                continue
            answer = _answer(name, line, root, desk, warn)
            file.write(write_answer(answer))
            file.flush()
            yield answer


def _answer(
    name: str, line: str, root: Path, desk: Desk, warn: Callable[[str], None]
) -> AnswerLine:
    start = time.perf_counter()
    code = ""
    try:
        code, status = _code(line, root, desk), "ok"
    except Cancelled:
        raise
    except Declined as error:
        status = f"declined: {error}"
    except GenerateError as error:
        status = f"error: {error}"
    except Exception as error:  # a bug of ours: shown in full, but the other records go on
        warn(f"{name}:\n{traceback.format_exc()}")
        status = f"bug: {type(error).__name__}: {error}"
    return AnswerLine(name, code, " ".join(status.split()), round(time.perf_counter() - start, 3))


def _code(line: str, root: Path, desk: Desk) -> str:
    record = read_record(line)
    tables = load_record_tables(record, root)
    from nbcodegen.pipeline import generate

    answer = generate(
        record.request, tables, desk.model, desk.settings,
        previous=record.previous, trials=desk.trials,
    )  # fmt: skip
    return answer.code

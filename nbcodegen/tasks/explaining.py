"""Code and a question -> the model's account, as text that only shows."""

from __future__ import annotations

from collections.abc import Callable

from nbcodegen.errors import Cancelled, Declined, EmptyRequest, NoUsableCandidate
from nbcodegen.journey import Brake, never
from nbcodegen.plain import plain
from nbcodegen.settings import Settings
from nbcodegen.tasks.prompts import for_explanation
from nbcodegen.values import Model


def explain(
    code: str,
    question: str,
    model: Model,
    settings: Settings,
    *,
    ending: str = "",
    stop: Callable[[], bool] = never,
) -> str:
    """Return what the model says of the code, without control characters.

    `ending` says how running it failed, as far as the model may be told. Raises `EmptyRequest`
    where there is no code, `NoUsableCandidate` where nothing was written, and `Cancelled`.
    """
    if not code.strip():
        raise EmptyRequest("There is no code to explain. Put it below %%explain, or run a cell.")
    prompt, brake = for_explanation(code, question, ending), Brake(stop)
    try:
        came = model.complete(prompt, count=1, seed=settings.seed, stop=brake)
        said = [each for each in came if not each.partial]
    except KeyboardInterrupt:
        brake.pull()
        raise Cancelled("Stopped before anything was said.") from None
    if brake():
        raise Cancelled("Stopped before anything was said.")
    if said and said[0].declined:
        raise Declined(said[0].declined)
    account = plain(said[0].text).strip() if said else ""
    if not account:
        raise NoUsableCandidate(f"{model.name} said nothing of this code. Ask in other words.")
    return account

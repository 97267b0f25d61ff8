"""The `nbcodegen` command: ask, batch, models, download, engine, status, doctor.

Commands read arguments, call one function and print. Code goes to standard output and everything
else to standard error, so that `nbcodegen ask ... > cell.py` holds a program.

Ends with 0 when it did what was asked, 1 when there is no answer to give, 2 when the command,
a file or an option is wrong, 130 when it was stopped.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from nbcodegen.commands.doctor import Check
    from nbcodegen.commands.records import AnswerLine
    from nbcodegen.settings import Settings
    from nbcodegen.values import Answer, Completion, Model


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; the usage is a `--help` away."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the console script's entry."""
    options = parser().parse_args(arguments)
    # Imported after parsing: `--help` must not wait for anything.
    from nbcodegen.errors import Cancelled, Declined, GenerateError, NoUsableCandidate

    try:
        return int(options.command(options))
    except (Declined, NoUsableCandidate) as error:
        _note(f"nbcodegen: {error}")
        return 1
    except (KeyboardInterrupt, Cancelled):
        _note("nbcodegen: stopped")
        return 130
    except GenerateError as error:
        _note(f"nbcodegen: {error}")
        return 2


def parser() -> argparse.ArgumentParser:
    """Every command and option."""
    top = Parser(
        prog="nbcodegen", description="Requests in words, English or Spanish, to pandas code."
    )
    top.add_argument("--version", action=Version)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    ask = commands.add_parser("ask", help="print code for one request over data files")
    ask.add_argument("request", metavar="REQUEST", help="what to do, in words")
    ask.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="csv, tsv, parquet, json or jsonl"
    )
    ask.add_argument("--run", action="store_true", help="also run the code and show its result")
    ask.add_argument(
        "--out", metavar="PNG", type=Path, help="with --run: where figures go (default figure.png)"
    )
    _add_generation_options(ask)
    ask.set_defaults(command=_ask)

    batch = commands.add_parser("batch", help="answer a file of requests, one JSON object a line")
    batch.add_argument("records", metavar="RECORDS", type=Path, help="requests, as JSON lines")
    batch.add_argument("--root", type=Path, default=Path(), help="folder that csv paths start from")
    batch.add_argument(
        "--out", type=Path, required=True, help="answers, as JSON lines; goes on where it stopped"
    )
    _add_generation_options(batch)
    batch.set_defaults(command=_batch)

    models = commands.add_parser("models", help="models and adapters on this machine")
    models.set_defaults(command=_models)
    download = commands.add_parser(
        "download", help="fetch a large model from the hub: the one command that does"
    )
    download.add_argument("name", metavar="OWNER/NAME", help="the model's name on the hub")
    download.add_argument("--revision", default="", help="commit, tag or branch; the newest else")
    download.set_defaults(command=_download)
    engine = commands.add_parser("engine", help="large models that are open, and how to end them")
    engine.add_argument("action", nargs="?", choices=("status", "stop"), default="status")
    engine.set_defaults(command=_engine)
    status = commands.add_parser("status", help="versions and settings on this machine")
    status.set_defaults(command=_status)
    doctor = commands.add_parser("doctor", help="try every part and say what to do about failures")
    doctor.set_defaults(command=_doctor)
    return top


class Version(argparse.Action):
    """`--version`, looked up only when asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version and end")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from nbcodegen import __version__

        print(f"nbcodegen {__version__}")
        parser.exit()


def _add_generation_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--candidates", metavar="N", help="programs to propose before choosing")
    command.add_argument(
        "--model",
        metavar="M",
        help="embedded, adapter:NAME, a folder, a name on the hub, or a server's address",
    )
    command.add_argument(
        "--trial",
        metavar="MODE",
        help="try candidates on a copy: auto (default), off, or unbounded (without a sandbox)",
    )
    command.add_argument("--seed", metavar="S", help="same seed, same code")


def _ask(options: argparse.Namespace) -> int:
    from nbcodegen.commands.files import load_tables
    from nbcodegen.model import open_model
    from nbcodegen.pipeline import generate, notice
    from nbcodegen.trial import open_trials

    if options.out and not options.run:
        parser().error("--out needs --run, which makes the figure")
    tables = load_tables(options.files)
    settings = _settings(options)
    with open_trials(settings.trial) as trials:
        if trials is not None:
            trials.start()  # loads while the model opens
        model = open_model(settings.model, settings.decoding, settings.quantize)
        if leaves := notice(model, settings):
            _note(leaves)
        answer = generate(options.request, tables, _watched(model), settings, trials=trials)
    print(answer.code)
    _print_notes(answer)
    return _run(answer.code, tables, options.out) if options.run else 0


def _watched(model: Model) -> Model:
    """A large model that opens takes long: say so, once."""
    from nbcodegen.watching import Watched

    told = False

    def tell(completion: Completion) -> None:
        nonlocal told
        if completion.opening and not told:
            told = True
            _note(f"opening {model.name}")

    return Watched(model, tell)


def _run(code: str, tables: dict[str, object], out: Path | None) -> int:
    from nbcodegen.commands.execution import execute, save, shown

    outcome = execute(code, tables)
    if outcome.value is not None:
        print(f"\n{shown(outcome.value)}")
    for path in save(outcome.figures, out or Path("figure.png")):
        _note(f"figure written to {path}")
    return 0


def _batch(options: argparse.Namespace) -> int:
    from nbcodegen.commands.batch import Desk, answer_file
    from nbcodegen.errors import GenerateError
    from nbcodegen.model import open_model
    from nbcodegen.pipeline import notice
    from nbcodegen.trial import open_trials

    if not options.records.is_file():
        raise GenerateError(f"{options.records}: no such file")
    text = options.records.read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip()]
    settings = _settings(options)
    model = _watched(open_model(settings.model, settings.decoding, settings.quantize))
    if leaves := notice(model, settings):
        _note(leaves)
    with open_trials(settings.trial) as trials:
        answers = answer_file(
            lines, options.out, options.root, Desk(model, settings, trials), warn=_note
        )
        statuses = [answer.status for answer in _with_progress(answers, len(lines))]
    good = statuses.count("ok")
    _note(
        f"{options.out}: {good} answered, {len(statuses) - good} not, "
        f"{len(lines) - len(statuses)} were there before"
    )
    return 1 if any(status.startswith("bug:") for status in statuses) else 0


def _models(_: argparse.Namespace) -> int:
    from nbcodegen.commands.models import lines

    for line in lines():
        print(line)
    return 0


def _download(options: argparse.Namespace) -> int:
    from nbcodegen.causal.location import fetch

    found = fetch(options.name, options.revision)
    print(found.folder)
    _note(f"{options.name} is here, revision {found.revision}. Use it: --model {options.name}")
    return 0


def _engine(options: argparse.Namespace) -> int:
    from nbcodegen.commands.engine import ended, lines

    for line in ended() if options.action == "stop" else lines():
        print(line)
    return 0


def _status(_: argparse.Namespace) -> int:
    from nbcodegen.commands.doctor import facts

    return _print_checks(facts())


def _doctor(_: argparse.Namespace) -> int:
    from nbcodegen.commands.doctor import trials

    return _print_checks(trials())


def _print_checks(checks: Iterable[Check]) -> int:
    failed = 0
    for check in checks:
        print(f"{'ok ' if check.ok else 'BAD'} {check.name}: {check.says}")
        if not check.ok:
            failed += 1
            print(f"    what to do: {check.remedy}")
    return 1 if failed else 0


def _settings(options: argparse.Namespace) -> Settings:
    """What the user gave on the command line, else the environment, else the defaults."""
    import os

    from nbcodegen.settings import choose

    names = ("candidates", "model", "trial", "seed")
    flags = {name: value for name in names if (value := getattr(options, name)) is not None}
    return choose(environment=os.environ, flags=flags).settings


def _print_notes(answer: Answer) -> None:
    from nbcodegen.verdicts import verified

    reads = f"{', '.join(answer.tables)}: {', '.join(answer.columns)}".rstrip(": ")
    if answer.words:
        _note(f"understood: {answer.words}")
    if reads:
        _note(f"reads {reads}")
    if answer.report and answer.report.ran:
        _note(verified(answer.report, answer.agreeing))
    for finding in answer.notes:
        _note(f"note: line {finding.line} {finding.message}")
    _note(f"{answer.model} model, {answer.seconds:.2f} s")


def _with_progress(answers: Iterable[AnswerLine], total: int) -> Iterator[AnswerLine]:
    """Draw a bar on standard error while answers come; nothing where nobody watches."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(
        answers, "answering", total=total, console=console, disable=not console.is_terminal
    )


def _note(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

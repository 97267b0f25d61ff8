"""What every test may lean on: a real shell, settings of its own, reviewed text files."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from nbcodegen.trial import Trials
from nbcodegen.trial.sample import take_sample

settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True)
settings.register_profile(
    "nightly", max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("quick")  # --hypothesis-profile=nightly loads the other afterwards

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"

# So that tests can import `fakes` and one another's tables: importlib mode adds no path.
sys.path.insert(0, str(HERE))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files; review the diff"
    )
    parser.addoption(
        "--shots", type=Path, help="an existing folder for pictures of what browser tests saw"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if shutil.which("nvidia-smi"):
        return
    for item in items:
        if item.get_closest_marker("gpu"):
            item.add_marker(pytest.mark.skip(reason="needs a GPU, and there is none"))


@pytest.fixture(autouse=True)
def isolated_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings of whoever runs it, nor writes into their home."""
    for variable in [name for name in os.environ if name.startswith("NBCODEGEN_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    # Tests of what is tried say so; the others need not wait for a process to load pandas.
    monkeypatch.setenv("NBCODEGEN_TRIAL", "off")
    monkeypatch.setenv("MPLBACKEND", "agg")


@pytest.fixture
def trials_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Candidates are tried, as they are for everybody by default."""
    monkeypatch.delenv("NBCODEGEN_TRIAL")


@pytest.fixture(scope="session")
def trials() -> Iterator[Trials]:
    """One zygote for all tests, as a kernel keeps one for hundreds of requests."""
    with Trials() as trials:
        trials.run(["1"], take_sample({}))
        if trials.refusal:
            pytest.skip(trials.refusal)
        yield trials


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a reviewed file under tests/golden; only --update-golden writes it."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path} is missing: run pytest --update-golden and review it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def new_shell() -> Iterator[Callable[..., InteractiveShell]]:
    """Make a real IPython shell with some configuration, without the extension."""

    made: list[InteractiveShell] = []

    def clear() -> None:
        for shell in made:
            type(shell).clear_instance()

    def make(config: Config | None = None, kind: type = InteractiveShell) -> InteractiveShell:
        clear()
        merged = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}})
        merged.merge(config or {})
        made.append(kind.instance(config=merged))
        return made[-1]

    yield make
    clear()


@pytest.fixture
def shell(new_shell: Callable[..., InteractiveShell]) -> InteractiveShell:
    """A real IPython shell with the extension loaded and one small table, `homes`."""
    shell = new_shell()
    assert shell.extension_manager.load_extension("nbcodegen") is None
    shell.run_cell(
        "import pandas as pd\n"
        'homes = pd.DataFrame({"city": ["Lima", "Quito", "Lima"], "price": [100, 120, 90]})',
        store_history=True,
    )
    return shell

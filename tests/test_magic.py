"""`%%generate` and `%nbcodegen` in a real IPython shell: what lands in it, and what it says."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from inspect import cleandoc

import pytest
from fakes import ScriptedModel
from IPython.terminal.interactiveshell import TerminalInteractiveShell
from lab import Lab
from traitlets.config import Config

from nbcodegen.values import Completion

MEAN = 'homes.groupby("city")["price"].mean()'
BARS = "homes.plot.bar()"


@pytest.fixture
def lab(shell):
    return Lab(shell)


@pytest.mark.parametrize(
    "cell",
    [
        "%generate mean price by city",
        "%%generate mean price by city",
        "%%generate\nmean price by city",
        "%%generate\nmean price\nby city\n",
        "%%generate mean price\nby city",
    ],
)
def test_every_form_inserts_the_code_without_running_it(lab, cell):
    lab.answers("price_by_city = " + MEAN)
    ran = lab.run(cell)
    assert ran.success, ran.err
    assert ran.inserted == "price_by_city = " + MEAN
    assert "price_by_city" not in lab.shell.user_ns
    assert lab.model.prompts[0].request == "mean price by city"


def test_the_result_says_what_was_understood_where_it_went_and_what_was_checked(lab):
    lab.answers(Completion(MEAN, -0.1, words="Mean price for each city"))
    ran = lab.run("%generate mean price by city")
    assert "Mean price for each city" in ran.said
    assert "homes: city, price" in ran.said
    assert "waiting at the next prompt" in ran.said
    assert "text/html" in ran.outputs[0].data


def test_a_request_is_not_expanded_split_or_taken_for_help(lab):
    lab.answers(MEAN)
    request = 'don\'t count {city}, "price > $100" or -1?'
    assert lab.run(f"%generate {request}").success
    assert lab.model.prompts[0].request == request


def test_running_is_only_on_demand_and_shows_the_value(lab):
    lab.answers("answer = homes['price'].max()\nanswer")
    ran = lab.run("%generate --run highest price")
    assert lab.shell.user_ns["answer"] == 120
    assert "120" in ran.said
    assert ", then run" in ran.said
    assert ran.inserted.startswith("answer =")


def test_into_puts_the_code_in_a_variable_and_inserts_nothing(lab):
    lab.answers(MEAN)
    ran = lab.run("%generate --into code mean price by city")
    assert lab.shell.user_ns["code"] == MEAN
    assert ran.inserted is None
    assert "put in the variable code" in ran.said


def test_into_does_not_replace_a_table(lab):
    lab.answers(MEAN)
    ran = lab.run("%generate --into homes mean price")
    assert not ran.success
    assert "would replace your homes, a DataFrame" in ran.err + ran.out
    assert lab.model.prompts == []


def test_explaining_adds_the_account_to_the_code(lab):
    lab.answers(Completion(MEAN, -0.1, words="Mean price for each city"))
    ran = lab.run("%generate --explain mean price by city")
    assert ran.inserted == "# Mean price for each city\n" + MEAN


def test_flags_reach_the_model(lab):
    lab.answers(MEAN)
    lab.run("%%generate -n 7 --seed 11 --privacy names --tables homes\nmean price")
    assert lab.model.asked == [(7, 11)]
    assert "Quito" not in lab.model.prompts[0].text


def test_configuration_environment_and_flags_win_in_that_order(new_shell, monkeypatch):
    shell = new_shell(Config({"NBCodegen": {"candidates": 4, "seed": 4}}))
    shell.extension_manager.load_extension("nbcodegen")
    lab = Lab(shell)
    lab.answers(MEAN, MEAN, MEAN)
    lab.run("import pandas as pd; homes = pd.DataFrame({'city': ['a'], 'price': [1]})")
    lab.run("%generate mean price")
    monkeypatch.setenv("NBCODEGEN_CANDIDATES", "5")
    lab.run("%generate mean price")
    lab.run("%generate --candidates 6 mean price")
    assert lab.model.asked == [(4, 4), (5, 4), (6, 4)]


def test_settings_can_be_changed_with_ipythons_config_magic(lab):
    lab.answers(MEAN)
    assert lab.run("%config NBCodegen.candidates = 9").success
    lab.run("%generate mean price")
    assert lab.model.asked == [(9, 0)]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("%%generate", "Nothing was asked"),
        ("%generate", "Nothing was asked"),
        ("%generate --candidate 3 x", "no option --candidate; did you mean '--candidates'?"),
        ("%generate --candidates lots x", "--candidates: a whole number above zero"),
        ("%generate --model embeded x", "embedded"),
        ("%generate --tables home mean price", "did you mean homes?"),
        ("%generate mean price in @home", "did you mean @homes?"),
        ("%generate mean of `prise`", "closest: 'price'"),
        ("%nbcodegen promt x", "no such command; did you mean 'prompt'?"),
        ("%nbcodegen guess", "no guess to show"),
        ("%nbcodegen model", "Which model?"),
        ("%nbcodegen model embeded", "embedded"),
    ],
)
def test_what_the_user_got_wrong_is_one_message_and_no_traceback(lab, cell, said):
    ran = lab.run(cell)
    told = ran.out + ran.err
    assert not ran.success
    assert told.startswith("UsageError: ")
    assert said in told
    assert "Traceback" not in told
    assert ran.inserted is None


def test_without_a_table_the_message_says_how_to_make_one(lab):
    lab.run("del homes")
    ran = lab.run("%generate mean price")
    assert "pd.read_csv" in ran.out + ran.err


def test_a_bug_shows_its_traceback(lab):
    lab.answers(MEAN)
    lab.model.working = lambda: 1 / 0
    ran = lab.run("%generate mean price")
    assert not ran.success
    assert "ZeroDivisionError" in ran.out + ran.err and "Traceback" in ran.out + ran.err


def test_candidates_that_fail_are_listed(lab):
    lab.answers('homes["prise"].mean()')
    ran = lab.run("%generate mean price")
    assert re.search(
        r"UsageError: The only candidate.*\n.*NB\d+ line 1: .*prise", ran.out + ran.err
    )


def test_a_declined_request_shows_its_guess_only_on_demand(lab):
    lab.answers(Completion(BARS, -1.0, declined="Mail is not what I write."))
    ran = lab.run("%generate send a mail")
    assert "Mail is not what I write.\n%nbcodegen guess" in ran.out + ran.err
    assert BARS not in ran.out + ran.err
    guess = lab.run("%nbcodegen guess")
    assert BARS in guess.said
    assert guess.inserted is None


def test_an_interrupt_leaves_shell_and_namespace_as_they_were(lab):
    lab.answers(MEAN, MEAN)
    lab.model.working = lambda: signal.raise_signal(signal.SIGINT)
    names = {name for name in lab.shell.user_ns if not name.startswith("_")}
    ran = lab.run("%generate mean price", store_history=False)
    assert "UsageError: Stopped before a cell was written" in ran.out + ran.err
    assert {name for name in lab.shell.user_ns if not name.startswith("_")} == names
    lab.model.working = lambda: None
    assert lab.run("%generate mean price").inserted == MEAN


def test_a_followup_is_given_the_last_code(lab):
    lab.answers(BARS, "homes.plot.barh()", MEAN)
    lab.run("%generate bars of price")
    lab.run("%generate now as horizontal bars")
    lab.run("%generate mean price by city")
    assert [prompt.previous for prompt in lab.model.prompts] == ["", BARS, ""]


def test_a_followup_is_given_the_cell_as_the_user_edited_it(lab):
    lab.answers(BARS + "\nx = 1", BARS)
    lab.run("%generate bars of price")
    lab.run(BARS.replace("homes", "len; homes"))
    lab.run(BARS + "\nx = 2")
    lab.run("%%generate\nand sorted")
    assert lab.model.prompts[1].previous == BARS + "\nx = 2"


def test_the_status_shows_model_tables_and_where_settings_come_from(lab, monkeypatch):
    monkeypatch.setenv("NBCODEGEN_SEED", "7")
    said = lab.run("%nbcodegen").said
    assert re.search(r"^model +scripted, in process, prompt template \S+$", said, re.M)
    assert re.search(r"^tables +homes \(3 rows × 2 columns\)$", said, re.M)
    assert re.search(r"^ +seed 7  \(NBCODEGEN_SEED\)$", said, re.M)
    assert re.search(r"^memory +\d+ MB", said, re.M)
    assert re.search(r"^device +CPU", said, re.M)


def test_the_status_opens_no_model(lab):
    lab.session.models.clear()
    assert "embedded, not opened yet" in lab.run("%nbcodegen status").said
    assert lab.session.models == {}


def test_the_exact_prompt_can_be_read(lab):
    said = lab.run("%nbcodegen prompt mean price by city").said
    lab.answers(MEAN)
    lab.run("%generate mean price by city")
    assert said.rstrip() == lab.model.prompts[0].text.rstrip()
    assert "Quito" not in lab.run("%nbcodegen prompt --privacy names mean price").said


def test_a_model_is_chosen_for_the_session(lab):
    other = lab.session.models["other"] = ScriptedModel(MEAN)
    assert lab.run("%nbcodegen model other").success
    lab.run("%generate mean price")
    assert len(other.prompts) == 1
    assert "(%nbcodegen model)" in lab.run("%nbcodegen").said


@pytest.mark.parametrize("way", ["%nbcodegen off", "%unload_ext nbcodegen"])
def test_unloading_leaves_the_shell_as_it_was(new_shell, way):
    shell = new_shell()
    manager = shell.input_transformer_manager

    def traces():
        magics = shell.magics_manager
        return (
            {kind: set(names) for kind, names in magics.magics.items()},
            set(magics.registry),
            [type(each) for each in shell.configurables],
            list(manager.cleanup_transforms),
            list(manager.token_transformers),
        )

    shell.run_cell("%unload_ext nothing")  # IPython's own commands for this appear on first use
    before = traces()
    shell.run_cell("%load_ext nbcodegen")
    assert traces() != before
    shell.run_cell(way)
    assert traces() == before
    shell.run_cell("%load_ext nbcodegen")
    assert "generate" in shell.magics_manager.magics["cell"]


def test_reloading_starts_afresh_and_once(lab):
    assert lab.run("%reload_ext nbcodegen").success
    assert lab.session.models == {}
    assert [type(each).__name__ for each in lab.shell.configurables].count("NBCodegen") == 1
    lab.session.models["embedded"] = lab.model
    lab.answers(MEAN)
    assert lab.run("%%generate mean price?").inserted == MEAN


def test_it_works_in_a_terminal_shell(new_shell, monkeypatch):
    shell = new_shell(kind=TerminalInteractiveShell)
    shell.simple_prompt = False
    shell.extension_manager.load_extension("nbcodegen")
    lab = Lab(shell)
    lab.answers(MEAN)
    lab.run("import pandas as pd; homes = pd.DataFrame({'city': ['a'], 'price': [1]})")
    ran = lab.run("%%generate mean price by city")
    assert ran.success, ran.err
    assert ran.inserted == MEAN


def test_loading_imports_nothing_heavy():
    program = (
        "import sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell()\n"
        "before = set(sys.modules)\n"
        "shell.run_line_magic('load_ext', 'nbcodegen')\n"
        "shell.run_line_magic('nbcodegen', 'off')\n"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    loaded = set(ran.stdout.splitlines()[-1].split())
    assert "nbcodegen" in loaded, ran.stderr
    heavy = "torch transformers onnxruntime tokenizers matplotlib pandas numpy narwhals rich"
    assert loaded.isdisjoint(heavy.split())


def test_the_help_is_the_reviewed_text(lab, golden):
    magics = type(lab.shell.magics_manager.registry["NBCodegen"])
    parser = magics.generate.parser
    options = [
        f"{', '.join(action.option_strings)} {action.metavar or ''}".rstrip()
        + f"\n    {action.help}"
        for action in parser._actions
    ]
    golden("help/generate.txt", "\n".join([cleandoc(parser.description), "", *options, ""]))
    golden("help/nbcodegen.txt", cleandoc(magics.nbcodegen.__doc__) + "\n")


def test_the_manual_is_shown_by_the_question_mark(lab):
    shown = lab.run("from IPython.core import page; page.page = lambda text, **_: print(text)")
    assert shown.success
    info = lab.shell.object_inspect("%%generate")
    assert "in English or Spanish" in info["docstring"]
    assert "--candidates" in info["docstring"]


def test_what_leaves_the_process_is_said_the_first_time(lab):
    lab.model.where = "http://localhost:8000/v1"
    lab.answers(MEAN, MEAN)
    said = lab.run("%generate mean price by city").said
    assert "http://localhost:8000/v1 is sent your request, code that it goes" in said
    assert "names and kinds of tables and columns (privacy: names)" in said
    assert "is sent your request" not in lab.run("%generate mean price by city").said


def test_a_cell_that_failed_is_repaired_by_a_model_that_writes_any_code(lab):
    lab.model.where, lab.model.general = "http://localhost:8000/v1", True
    lab.answers(MEAN)
    lab.run('means = 1\nhomes.groupby("city")["prize"].mean()')
    ran = lab.run("%fix use the price")
    assert ran.inserted.strip() == MEAN
    told = lab.model.prompts[-1]
    assert told.request == "repair this cell: its line 2 ends with KeyError. use the price"
    assert '["prize"]' in told.previous
    assert "KeyError: " not in told.text  # an error's words may quote cells


def test_a_cell_that_cannot_be_read_is_repaired_too(lab):
    lab.model.where, lab.model.general = "http://localhost:8000/v1", True
    lab.answers(MEAN)
    lab.run("homes.mean(")
    lab.run("%fix")
    assert lab.model.prompts[-1].request == "repair this cell: its line 1 ends with SyntaxError"


@pytest.mark.parametrize(
    ("cell", "said"), [("1 / 0", "needs a model that writes any code"), ("1", "did not fail")]
)
def test_where_there_is_nothing_to_repair_or_nobody_to_do_it_it_says_so(lab, cell, said):
    lab.run(cell)
    ran = lab.run("%fix")
    assert said in ran.err + ran.said and ran.inserted is None
    assert not lab.model.prompts


def test_loading_brings_nothing_that_only_a_request_needs():
    program = (
        "import sys; from IPython.core.interactiveshell import InteractiveShell; "
        "shell = InteractiveShell(); shell.extension_manager.load_extension('nbcodegen'); "
        "print(*sorted(name for name in sys.modules if name.startswith('nbcodegen.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    rooms = {name.split(".")[1] for name in done.stdout.split()}
    assert "notebook" in rooms
    assert rooms.isdisjoint(
        {"pipeline", "checks", "tasks", "model", "causal", "engine", "embedded"}
    )

"""`nbcodegen engine` and `nbcodegen download`; adapters over large models by name."""

from __future__ import annotations

import json
import time

import pytest
from tiny_causal import save_model

from nbcodegen.adapters import DESCRIPTION
from nbcodegen.cli import main
from nbcodegen.commands.models import lines
from nbcodegen.engine import places
from nbcodegen.errors import DamagedModel, NoModel, UnknownName
from nbcodegen.model import is_large, open_model
from nbcodegen.prompt import TEMPLATE
from nbcodegen.values import Decoding

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("home")]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "homes.csv"
    path.write_text("price,city\n100,Lima\n250,Quito\n")
    return path


def adapter(home, base, template=f"{TEMPLATE}/chat-v1"):
    """What `nbcodegen-train` leaves of a causal base: PEFT's layout and a description."""
    from peft import LoraConfig, get_peft_model

    from nbcodegen.causal import weights

    folder = home / "adapters" / "house"
    tuned = get_peft_model(
        weights.model(weights.Base(str(base)), "fp32"), LoraConfig(target_modules=["q_proj"])
    )
    tuned.save_pretrained(folder)
    told = {"name": "house", "base": str(base), "template": template, "kind": "causal"}
    (folder / DESCRIPTION).write_text(json.dumps(told))


def test_a_large_model_answers_on_the_command_line_and_stays_open(folder, table, capsys):
    asked = ["ask", "mean price", str(table), "--model", str(folder), "--candidates", "2"]
    # It is a model of random weights: that its code is refused is the right answer.
    assert main(asked) in (0, 1)
    assert main(["engine"]) == 0
    said = capsys.readouterr().out
    assert str(folder) in said
    assert "1 answered" in said or "2 answered" in said


def test_a_model_that_could_not_be_opened_is_not_said_to_be_opening(table, tmp_path, capsys):
    (tmp_path / "old").mkdir()
    (tmp_path / "old/model.safetensors").write_bytes(b"no weights")
    assert main(["ask", "mean price", str(table), "--model", str(tmp_path / "old")]) == 2
    main(["engine"])
    assert ": opening" not in capsys.readouterr().out
    end = time.monotonic() + 20
    while any("old" in place.model for place in places.every()) and time.monotonic() < end:
        time.sleep(0.05)


def test_engines_end_when_told_to(folder, table, capsys):
    main(["ask", "mean price", str(table), "--model", str(folder), "--candidates", "1"])
    capsys.readouterr()
    assert main(["engine", "stop"]) == 0
    assert "ended" in capsys.readouterr().out
    assert main(["engine"]) == 0
    assert "no large model is open" in capsys.readouterr().out


def test_what_an_engine_that_was_killed_left_behind_is_put_away(home, capsys):
    places.write(places.Place("0" * 16, 1, str(home / "nobody"), "00", "gone"))
    assert main(["engine", "stop"]) == 0
    assert "no large model is open" in capsys.readouterr().out
    assert not list(places.every())


def test_an_adapter_of_a_large_model_is_served(home, folder, table, capsys):
    adapter(home, folder)
    assert any("adapter:house" in line and "not served" not in line for line in lines())
    model = open_model("adapter:house", Decoding(tokens=8))
    assert model.name == "adapter:house"
    assert main(["ask", "mean price", str(table), "--model", "adapter:house"]) in (0, 1)
    main(["engine"])
    assert "adapters" in capsys.readouterr().out


def test_an_adapter_that_was_made_anew_is_opened_anew(home, folder):
    adapter(home, folder)
    before = open_model("adapter:house")
    adapter(home, folder)
    assert places.key_of(open_model("adapter:house")._what) != places.key_of(before._what)


def test_an_adapter_of_another_prompt_template_is_refused(home, folder):
    adapter(home, folder, "pointers-v0/chat-v1")
    with pytest.raises(DamagedModel, match="Tune it again"):
        open_model("adapter:house")


def test_a_download_without_a_network_says_so(monkeypatch, capsys):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    assert main(["download", "nobody/nothing"]) == 2
    assert "could not be fetched" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "large"),
    [
        ("embedded", False),
        ("Qwen/Qwen2.5-Coder-7B", True),
        ("./folder", True),
        ("http://localhost:8000/v1", False),
    ],
)
def test_a_large_model_is_told_by_its_name(name, large):
    assert is_large(name) is large


def test_a_folder_that_is_not_there_is_known_before_anything_starts():
    with pytest.raises(NoModel, match="no folder"):
        open_model("./nowhere")
    with pytest.raises(UnknownName, match="a name on the model hub"):
        open_model("qwen")


def test_a_model_without_a_chat_template_is_asked_in_plain_text(tmp_path, table):
    plain = save_model(tmp_path / "plain", "llama")
    assert main(["ask", "mean price", str(table), "--model", str(plain)]) in (0, 1)

"""A real server, `transformers serve`, with a tiny model: the protocol as others speak it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pandas as pd
import pytest
from tiny_causal import save_model

from nbcodegen.errors import Cancelled, NoService
from nbcodegen.model import open_model
from nbcodegen.prompt import render
from nbcodegen.schema import table_schemas

pytestmark = pytest.mark.slow

HOMES = pd.DataFrame({"price": [100.0, 250.0], "area": ["A", "B"]})


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The address of the server, and of its model."""
    folder = save_model(tmp_path_factory.mktemp("model"), "qwen2")
    cache = tmp_path_factory.mktemp("cache")
    port = free_port()
    command = [
        Path(sys.executable).with_name("transformers"), "serve", str(folder), "--host", "127.0.0.1",
        "--port", str(port), "--device", "cpu",
    ]  # fmt: skip
    env = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": str(cache)}
    log = tmp_path_factory.mktemp("log") / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(command, env=env, stdout=out, stderr=out)
    end = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.2)
    yield f"http://127.0.0.1:{port}/v1#{folder}"
    process.terminate()
    process.wait(20)


def prompt():
    return render(table_schemas({"homes": HOMES}), "average price by area", privacy="names")


def never():
    return False


def test_it_answers_and_the_same_request_has_the_same_likeliest_answer(served):
    model = open_model(served)
    one, two = (
        [x for x in model.complete(prompt(), count=2, seed=7, stop=never) if not x.partial]
        for _ in range(2)
    )
    assert len(one) == 2
    assert one[0].text and one[0] == two[0]


def test_a_stop_in_the_middle_leaves_it_answering(served):
    model, stop = open_model(served), threading.Event()
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(Cancelled):
        list(model.complete(prompt(), count=4, seed=0, stop=stop.is_set))
    assert list(model.complete(prompt(), count=1, seed=0, stop=never))


def test_a_model_that_it_has_not_is_an_error_for_people(served):
    with pytest.raises(NoService, match=r"#NAME|error"):
        list(open_model(served + "-none").complete(prompt(), count=1, seed=0, stop=never))

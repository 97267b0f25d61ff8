"""What a shell remembers between requests."""

from __future__ import annotations

import pytest

from nbcodegen.errors import UnknownName
from nbcodegen.notebook.session import Session

CODE = "import matplotlib.pyplot as plt\n\nax = homes.plot.bar()\nax.set_title('Homes')"


def test_a_followup_builds_on_the_code_as_generated_where_it_was_not_run():
    session = Session()
    session.remember(CODE, 2)
    assert session.last_code(["", "%%generate bars"]) == CODE


def test_a_followup_builds_on_the_cell_as_the_user_edited_it():
    session = Session()
    session.remember(CODE, 2)
    edited = CODE.replace("'Homes'", "'My homes'")
    cells = ["", "%%generate bars", CODE, edited, "homes.head()"]
    assert session.last_code(cells) == edited


def test_cells_run_before_the_request_and_shared_imports_do_not_count():
    session = Session()
    session.remember(CODE, 2)
    assert session.last_code(["", CODE + "\nold", "import matplotlib.pyplot as plt\nx = 1"]) == CODE


def test_nothing_generated_is_nothing_to_build_on():
    assert Session().last_code(["", "x = 1", ""]) == ""


def test_an_unknown_model_is_an_error_and_is_not_kept():
    session = Session()
    with pytest.raises(UnknownName, match="embedded"):
        session.model("embeded")
    assert session.models == {}

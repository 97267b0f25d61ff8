"""Examples in docstrings are true.

Modules are imported by the name users import them by: pytest's own collector would load
`training/` a second time, under a name that does not exist when installed.
"""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import nbcodegen
import nbcodegen.training

NAMES = sorted(
    {module.name for module in pkgutil.walk_packages(nbcodegen.__path__, "nbcodegen.")}
    | {
        module.name
        for module in pkgutil.walk_packages(nbcodegen.training.__path__, "nbcodegen.training.")
    }
)


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_in_docstrings_hold(name):
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0

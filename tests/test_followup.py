"""Which requests go on from the last one."""

from __future__ import annotations

import pytest

from nbcodegen.notebook.followup import is_followup


@pytest.mark.parametrize(
    "request_",
    [
        "now as a horizontal bar, only the top 10",
        "Now sort it",
        "and by year?",
        "…but without the outliers",
        "instead, use the median",
        "make it a line",
        "only the top 5",
        "same but per month",
        "the same for Quito",
        "ok, now by city",
        "ahora por barrio",
        "¿y por año?",
        "pero solo los diez primeros",
        "mejor en barras horizontales",
        "Sólo las casas caras",
        "también la mediana",
        "lo mismo por ciudad",
        "hazlo con líneas",
    ],
)
def test_a_continuation_is_a_followup(request_):
    assert is_followup(request_)


@pytest.mark.parametrize(
    "request_",
    [
        "average price by city",
        "show only the homes over 100",
        "nowhere city count",
        "android users per day",
        "y = mean of price",
        "y axis price, x axis year",
        "e-mail domains by count",
        "make a bar chart of price",
        "yearly totals",
        "soledad's orders",
        "precio medio por barrio",
        "samesies",
        "",
    ],
)
def test_a_fresh_request_is_not(request_):
    assert not is_followup(request_)

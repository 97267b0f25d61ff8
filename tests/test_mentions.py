"""What a request mentions: the literals that a plan can use."""

from dataclasses import replace

import pytest

from nbcodegen.mentions import MAX_VALUES, find
from nbcodegen.values import ColumnSchema, TableSchema

CITY = ColumnSchema("city", "'city'", "string", 0, values=("Madrid", "New York", "IN", "all"))
SEX = ColumnSchema("sex", "'sex'", "string", 1, values=("male", "female"))
PRICE = ColumnSchema("price", "'price'", "float", 2)
TABLES = (TableSchema("df", 10, (CITY, SEX, PRICE)),)


def sources(request: str) -> list[str]:
    return [item.source for item in find(request, TABLES)]


@pytest.mark.parametrize(
    ("request_", "source"),
    [
        ("top 5 rows", "5"),
        ("top five rows", "5"),
        ("los cinco primeros", "5"),
        ("price over 1,250.50", "1250.5"),
        ("price above $50k", "50000"),
        ("más de 2 millones", "2000000"),
        ("below -3", "-3"),
        ("rows since 2020-03-01", "'2020-03-01'"),
        ("in March 2020", "'2020-03'"),
        ("el 5 de marzo de 2020", "'2020-03-05'"),
        ("sales in march", "3"),
        ("on mondays", "'Monday'"),
        ("los viernes", "'Friday'"),
        ("in red", "'red'"),
        ("call it total_price", "'total_price'"),
        ("a new column called margin", "'margin'"),
        ("una columna llamada margen", "'margen'"),
        ("renombra price a coste", "'coste'"),
        ("rename price -> cost", "'cost'"),
        ("rename price to name", "'name'"),
        ("título 'Ventas'", "'Ventas'"),
        ("names starting with S", "'S'"),
    ],
)
def test_a_literal_is_found_as_code_writes_it(request_: str, source: str) -> None:
    assert source in sources(request_)


def test_a_cell_text_is_found_with_its_column_whatever_its_case_and_number() -> None:
    (item,) = find("how many females", TABLES)
    assert (item.source, item.column) == ("'female'", SEX)
    (item,) = find("rows from NEW YORK please", TABLES)
    assert (item.source, item.column) == ("'New York'", CITY)


def test_common_words_are_cell_texts_only_when_written_like_one() -> None:
    assert sources("show all rows in order") == []
    assert "'IN'" in sources("rows of the state IN")


def test_a_dash_between_numbers_is_a_range_and_not_a_minus() -> None:
    assert sources("prices 10-20") == ["10", "20"]


def test_a_literal_of_the_previous_cell_can_be_pointed_at() -> None:
    items = find("now as a line", TABLES, previous='df[df["price"] > 75].plot.bar(color="teal")')
    assert {"75", "'teal'"} <= {item.source for item in items}


def test_a_request_of_nothing_but_numbers_stays_bounded() -> None:
    assert len(find(" ".join(map(str, range(500))), TABLES)) == MAX_VALUES


def test_hostile_text_becomes_a_quoted_literal_on_one_line() -> None:
    for item in find("rows where city is 'x\\'); import os #' or \"a\"", TABLES):
        assert isinstance(eval(item.source), (str, int, float))
        assert "\n" not in item.text


LETTERS = ColumnSchema("Sexo", "'Sexo'", "string", 0, values=("H", "M"))
COLOR = ColumnSchema("paint", "'paint'", "string", 1, values=("Red", "Blue"))
DEPARTMENT = ColumnSchema("dept", "'dept'", "string", 2, values=("Price", "Woman"))


@pytest.mark.parametrize(
    ("request_", "column", "source"),
    [
        ("how many women are there", SEX, "'female'"),
        ("edad media de las mujeres", LETTERS, "'M'"),
        ("edad media de los hombres", LETTERS, "'H'"),
        ("women by age", replace(LETTERS, values=("F", "M", "U")), "'F'"),
        ("average age of goalkeepers", replace(LETTERS, values=("DF", "FW", "GK")), "'GK'"),
        ("los porteros", replace(LETTERS, values=("FW", "GK")), "'GK'"),
        ("días de niebla", replace(LETTERS, values=("rain", "fog")), "'fog'"),
    ],
)
def test_a_cell_is_found_by_what_it_means(request_, column, source):
    found = find(request_, [TableSchema("df", 10, (column, PRICE))])
    assert [(item.source, item.column) for item in found] == [(source, column)]


def test_a_word_that_a_cell_says_means_no_other_cell():
    said = ColumnSchema("who", "'who'", "string", 1, values=("Women",))
    found = find("only the women", [TableSchema("df", 10, (SEX, said))])
    assert [item.source for item in found] == ["'Women'"]


def test_codes_beside_others_stand_for_nothing():
    sizes = replace(LETTERS, values=("F", "M", "Q"))
    assert not find("women by age", [TableSchema("df", 10, (sizes, PRICE))])


def test_homes_are_all_homes_though_some_are_houses():
    kinds = replace(LETTERS, values=("house", "condo"))
    assert not find("median price of the homes", [TableSchema("df", 10, (kinds, PRICE))])


def test_a_word_that_names_a_column_means_no_cell():
    found = find("total cost", [TableSchema("df", 10, (PRICE, DEPARTMENT))])
    assert not found

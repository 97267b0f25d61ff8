"""Words of a request and words of labels."""

import pytest

from nbcodegen.linking import affinity, label_words, match_label, stem, words_of


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("avgSalePrice_usd", ("avg", "Sale", "Price", "usd")),
        ("Total (EUR)", ("Total", "EUR")),
        ("año_de_construcción", ("año", "de", "construcción")),
        ("HTTPCode2", ("HTTP", "Code", "2")),
    ],
)
def test_a_label_is_split_as_a_person_reads_it(label: str, words: tuple[str, ...]) -> None:
    assert label_words(label) == words


@pytest.mark.parametrize(
    ("one", "many"),
    [("price", "prices"), ("city", "cities"), ("class", "classes"), ("ciudad", "ciudades"),
     ("venta", "ventas"), ("house", "houses")],
)  # fmt: skip
def test_singular_and_plural_share_a_stem(one: str, many: str) -> None:
    assert stem(one) == stem(many)


def test_a_spanish_word_means_the_english_label() -> None:
    assert match_label("price", words_of("el precio por ciudad"))[0] == 2


def test_the_request_s_own_words_match_most() -> None:
    words = words_of("average sale price")
    assert match_label("sale_price", words)[0] == 3
    assert match_label("price_before_tax", words)[0] == 1
    assert match_label("bedrooms", words)[0] == 0


def test_one_typo_still_links() -> None:
    assert affinity(stem("neighborhood"), stem("neighborhod")) == 1
    assert affinity(stem("salary"), stem("salery")) == 1
    assert affinity(stem("age"), stem("ago")) == 0


def test_function_words_link_nothing() -> None:
    assert match_label("rooms_total", words_of("the number of which are")) == (0, frozenset())

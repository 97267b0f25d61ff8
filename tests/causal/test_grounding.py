"""Where a live table's column is named, only its labels can follow; elsewhere nothing is held."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcodegen.causal.grounding import Grounding
from nbcodegen.causal.orders import Order, Written
from nbcodegen.causal.vocabulary import Vocabulary
from nbcodegen.causal.writing import Writer
from nbcodegen.values import Decoding

HOMES = ("price", "precio", "city", 'the "best" one', "it's", "año")
GROUND = Grounding({"homes": HOMES, "sales": ("day", "amount")})


def follows(code):
    place = GROUND.place(code)
    return None if place is None else sorted(each.decode() for each in place.goes_on())


@pytest.mark.parametrize(
    ("code", "follow"),
    [
        ('x = homes["', ["año", "city", "it's", "precio", "price", 'the \\"best\\" one']),
        ('x = homes["pri', ["ce"]),
        ("x = homes['pr", ["ecio", "ice"]),
        ("x = homes['it", ["\\'s"]),
        ('homes[["price", "ci', ["ty"]),
        ('homes.groupby("ci', ["ty"]),
        ('homes.groupby(["city", "pre', ["cio"]),
        ('homes.groupby("city")["pre', ["cio"]),
        ('homes.sort_values(by="ci', ["ty"]),
        ('homes.dropna(subset=["ci', ["ty"]),
        ('homes[homes["price"] > 3]["ci', ["ty"]),
        ('homes.query("price > 3").sort_values("ci', ["ty"]),
        ('(\n    homes\n    .groupby("ci', ["ty"]),
        ('x = sales["am', ["ount"]),
        ('homes["price"] * homes["ci', ["ty"]),
        ('homes["new"] = 1\nhomes.groupby("ne', ["w"]),
        ('homes["new"] = homes["older"] = 1\nx = homes["ol', ["der"]),
        ('homes["new"], homes["older"] = 1, 2\nx = homes["ne', ["w"]),
        ('homes["new"], homes["older"] = 1, 2\nx = homes["ol', ["der"]),
        ('x = homes.assign(new=homes["ci', ["ty"]),
        ('x = homes.assign(new=1)\ny = homes["ne', ["w"]),
        ('homes.loc[homes["ci', ["ty"]),
        ('x = homes.loc[0]\ny[0] = 1\nz = homes["ci', ["ty"]),
        ('homes[["price", "city"]] = 0\nhomes[["price", "ci', ["ty"]),
        ('homes["price"], homes["ci', ["ty"]),  # it may only look at both
        ('homes["new"] = 1\nhomes["new"], homes["ci', ["ty"]),
        ("homes['it\\'s'], homes['ci", ["ty"]),
        ('x = homes["new"], homes["ci', ["ty"]),
        ('(homes["new"], homes["ci', ["ty"]),
        ('homes = sales\nhomes["new"], sales["am', ["ount"]),
        ('x = homes["nowhere', []),
        ("# it's a comment\nx = homes[\"ci", ["ty"]),
    ],
)
def test_a_name_of_a_column_goes_on_as_a_label_does(code, follow):
    ends = {"'" if "homes['" in code else '"'}
    assert follows(code) == sorted(each + next(iter(ends)) for each in follow)


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        'x = "homes[',
        'sales["am',  # it may become `homes["new"] = ...`
        'homes["new"], homes["ol',  # it can only become `homes["new"], homes["older"] = ...`
        'homes["price"], homes["new"], homes["ol',
        'x = 1\nif x:\n    homes["new"], sales["ol',
        'homes["price"].str.contains("',
        'homes.groupby("city").agg(mean=("',
        'homes.groupby("city").agg(mean=("price", "mean"))["',
        'homes.groupby("city").agg(mean=("price", "mean")).sort_values("',
        'homes.assign(new=1)["',
        'homes.assign(new=1).sort_values("',
        'homes.assign(**{"',
        'homes.rename(columns={"price": "',
        'homes.rename(columns={"price": "cost"})["',
        'homes = homes.rename(columns={"price": "cost"})\nx = homes["',
        'homes.drop(columns="x").groupby("',
        'homes.merge(sales)["',
        'plt.title("',
        'homes.query("',
        'other["',
        'x.homes["',
        'homes = sales\nx = homes["',
        'for homes in (1, 2):\n    x = homes["',
        'x = homes[f"',
        '# homes["',
        'homes.loc[homes["price"] > 3, "',
        'homes.plot(kind="',
        'homes.groupby("city")["price"].apply("',
        'x = {"homes["',
        'homes.rename(columns={"price": "cost"}, inplace=True)\nx = homes["',
        'homes.columns = ["a"]\nx = homes["',
        'homes.insert(0, "a", 1)\nx = homes["',
        'homes.loc[:, ["',
        'homes.loc[homes["price"] > 3, "dear"] = True\nx = homes["',
        'homes.loc[\n    homes["price"] > 3,\n    "dear",\n] = True\nx = homes["',
        'homes.loc[:, ["dear", "cheap"]] = True\nx = homes["',
        'homes.at[0, "dear"] = True\nx = homes["',
        'with a as homes:\n    x = homes["',
    ],
)
def test_elsewhere_anything_can_follow(code):
    assert follows(code) is None


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_look_at(code):
    GROUND.place(code)
    GROUND.place('x = homes["' + code)
    GROUND.place(code + 'homes.groupby(["')


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=5, unique=True))
def test_whatever_the_labels_are_what_can_follow_writes_one_of_them(labels):
    import ast

    place = Grounding({"t": labels}).place('x = t["')
    for end in place.goes_on():
        read = ast.parse('t["' + end.decode("utf-8", "surrogatepass") + "]").body[0].value
        assert read.slice.value in labels


def test_a_vocabulary_knows_what_each_token_writes(opened):
    words = Vocabulary(opened[1])
    text = 'means = homes.groupby("city")["precio"].mean()\n    # año 東京\n'
    ids = opened[1](text, add_special_tokens=False)["input_ids"]
    assert words.text(ids).removeprefix(" ") == text


def test_tokens_towards_a_text_are_those_that_begin_it_or_write_past_it(opened):
    words = Vocabulary(opened[1])
    for token in range(len(words)):
        writes = words.written(token)
        fits = b'price"'.startswith(writes) or writes.startswith(b'price"')
        assert (token in words.towards([b'price"'])) is (bool(writes) and fits)


@pytest.mark.parametrize("grounded", [True, False])
def test_a_model_that_knows_nothing_writes_a_column_that_exists(opened, grounded):
    model, tokenizer = opened
    writer = Writer(model, Vocabulary(tokenizer), [tokenizer.eos_token_id])
    begin = 'code:\nx = homes["'
    ids = tuple(tokenizer(begin)["input_ids"])
    ground = _After('x = homes["', Grounding({"homes": ("Umlaut ü", "qty_2", "zz top")}))
    asked = Order(
        ids, lambda text: '"' in text, count=4,
        decoding=Decoding(tokens=24, grounded=grounded, temperature=1.5), grounding=ground,
    )  # fmt: skip
    names = [
        each.text.partition('"')[0] for each in writer.write(asked) if isinstance(each, Written)
    ]
    assert all(name in ("Umlaut ü", "qty_2", "zz top") for name in names) is grounded


class _After(Grounding):
    """The code begins in the prompt."""

    __slots__ = ("begin",)

    def __init__(self, begin, ground):
        object.__setattr__(self, "tables", ground.tables)
        object.__setattr__(self, "begin", begin)

    def place(self, code):
        return super().place(self.begin + code)

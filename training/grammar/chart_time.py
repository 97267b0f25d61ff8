"""Charts over time, and charts of two keys: trends, dates in bins, grouped, stacked, many lines."""

from __future__ import annotations

from collections.abc import Mapping

from nbcodegen.training.grammar.chart_data import (
    PER,
    Shown,
    filtered_by,
    grouping,
    measure_said,
    spoken_key,
    usual,
)
from nbcodegen.training.grammar.chart_style import styled
from nbcodegen.training.grammar.chart_wording import framed, ordered, unnamed
from nbcodegen.training.grammar.patterns import Family, row_words
from nbcodegen.training.grammar.scene import NoFit, Ref, Scene
from nbcodegen.training.grammar.steps import Steps, steps
from nbcodegen.training.records import Example

PERIODS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "ym": (
            "[by month|per month|each month|every month|month by month|for each month"
            "|monthly|over the months]"
        ),
        "year": (
            "[by year|per year|each year|every year|for each year|yearly|over the "
            "years|year by year|in each year|annually]"
        ),
        "yq": "[by quarter|per quarter|each quarter|for each quarter|quarterly]",
        "yw": "[by week|per week|each week|weekly|week by week]",
        "date": "[by day|per day|each day|daily|day by day|for each day]",
        "weekday": (
            "[by weekday|by day of the week|per weekday|for each day of the week|per "
            "day of the week|on each weekday|by day of week]"
        ),
        "monthname": (
            "[by calendar month|by month of the year|by month name|for each month of "
            "the year|by month, all years together|per calendar month]"
        ),
        "hour": (
            "[by hour|per hour of the day|by hour of day|for each hour of the day|by "
            "hour of the day]"
        ),
    },
    "es": {
        "ym": "[por mes|cada mes|mes a mes|mensual|al mes|por meses]",
        "year": "[por año|cada año|año a año|anual|al año|por años|a lo largo de los años]",
        "yq": "[por trimestre|cada trimestre|trimestral]",
        "yw": "[por semana|cada semana|semanal]",
        "date": "[por día|cada día|diario|día a día]",
        "weekday": (
            "[por día de la semana|para cada día de la semana|según el día de la "
            "semana|cada día de la semana]"
        ),
        "monthname": "[por mes del año|por nombre del mes|según el mes del año|por mes natural]",
        "hour": "[por hora|por hora del día|según la hora|a cada hora]",
    },
}
_OF_DATE = {
    "en": {
        "ym": "[by month of {d}|by the month of {d}|by {d} month|per month of {d}|by {d}, monthly]",
        "year": "[by year of {d}|by {d} year|by the year of {d}|per year of {d}|by year ({d})]",
        "yq": "[by quarter of {d}|by {d} quarter]",
        "yw": "[by week of {d}|by {d} week]",
        "date": "[by {d}, day by day|by day of {d}|by {d} day]",
        "weekday": "[by weekday of {d}|by day of the week of {d}|by {d} weekday]",
        "monthname": "[by calendar month of {d}|by month name of {d}]",
        "hour": "[by hour of {d}|by {d} hour]",
    },
    "es": {
        "ym": "[por mes de {d}|según el mes de {d}]",
        "year": "[por año de {d}|según el año de {d}]",
        "yq": "por trimestre de {d}",
        "yw": "por semana de {d}",
        "date": "por día de {d}",
        "weekday": "por día de la semana de {d}",
        "monthname": "por mes del año de {d}",
        "hour": "por hora de {d}",
    },
}
_BINNED = {
    "en": {
        "monthname": "month",
        "year": "[year|years|Year]",
        "weekday": "[weekday|day of the week|week day|day of week|weekdays]",
        "yq": "quarter",
        "hour": "hour",
    },
}


def when(scene: Scene, unit: str, date: Ref) -> str:
    """Say a period: `by month`, mostly without the date column where that is the first one."""
    dates = scene.refs("date")
    sure = date == dates[0] and scene.chance(0.65 if len(dates) == 1 else 0.55)
    words = PERIODS if sure else _OF_DATE
    return scene.fill(words[scene.lang][unit], d=scene.say(date))


_COUNTS = {
    "en": (
        "[the|] [number of {rows}|count of {rows}|number of {rows}|amount of "
        "{rows}|{rows}|how many {rows}]"
    ),
    "es": "[el número de {rows}|número de {rows}|cantidad de {rows}|cuánt{oa}s {rows} hay|{rows}]",
}
_TREND = {
    "en": "[the|] [trend|evolution|development|change] [of|in] {m} {p} {w}",
    "es": "[la evolución|la tendencia|evolución|tendencia] de {m} {p} {w}",
}
_TREND_EACH = {
    "en": "[the|] {each} [trend|evolution|series|curve] of {m_} {w}",
    "es": "[la|] [evolución|serie|curva|tendencia] {each} de {m} {w}",
}
_EACH = {
    "en": {"ym": "monthly", "year": "yearly", "yq": "quarterly", "yw": "weekly", "date": "daily"},
    "es": {"ym": "mensual", "year": "anual", "yq": "trimestral", "yw": "semanal", "date": "diaria"},
}


def _measured(scene: Scene, share_of_counts: float) -> tuple[str, Steps, tuple[Ref, ...]]:
    """Return what is drawn over time: a count or an aggregate, its steps and columns."""
    if scene.chance(share_of_counts) or not scene.refs("measure"):
        return scene.fill(_COUNTS[scene.lang], **row_words(scene)), ("size",), ()
    y = scene.column("measure")
    if scene.chance(0.25):
        return scene.say(y), steps("{f} {y}", f=usual(y), y=y), (y,)
    func = scene.one("mean", "mean", "sum", "sum", "sum", "max", "min", "median")
    return measure_said(scene, func, y), steps("{f} {y}", f=func, y=y), (y,)


def periods(scene: Scene, units: str, *, share_of_counts: float = 0.4) -> Shown:
    """Counts or aggregates per period of a date."""
    date = scene.column("date")
    unit = scene.one(*units.split())
    said, aggregate, refs = _measured(scene, share_of_counts)
    words, where = filtered_by(scene, (date, *refs), 0.15)
    period = when(scene, unit, date)
    bare = said.removeprefix("the ")
    pattern = "{m} {p} {w}"
    sentence = (
        (
            "[¿Cuál es {m} {p} {w}?|Calcula {m} {p} {w}|Muestra {m} {p} {w}|¿Cómo "
            "evoluciona {m} {p} {w}?]"
        )
        if scene.es
        else (
            "[What is {m} {p} {w}?|Show {m} {p} {w}|Compute {m} {p} {w}|How does {m} "
            "change {p} {w}?|List {m} {p} {w}]"
        )
    )
    if aggregate == ("size",):
        sentence = (
            "[¿Cuánt{oa}s {rows} hay {p} {w}?|Cuenta {los} {rows} {p} {w}|Agrupa {p} y cuenta {w}]"
            if scene.es
            else (
                "[How many {rows} are there {p} {w}?|Count the {rows} {p} {w}|Show the "
                "number of {rows} {p} {w}|Group {p} and count {w}]"
            )
        )
    slots = {**row_words(scene), "m": said, "p": period, "w": words, "m_": bare}
    each = _EACH[scene.lang].get(unit, "")
    if each and date == scene.refs("date")[0] and scene.chance(0.15):
        pattern = _TREND_EACH[scene.lang]
    elif scene.chance(0.2):
        pattern = _TREND[scene.lang]
    phrase = scene.fill(pattern, each=each, **slots)
    key = steps("{unit} {date}", unit=unit, date=date)
    return Shown(
        phrase,
        scene.fill(sentence, **slots),
        (*where, "by", *key, "end", *aggregate, "end"),
        "K0",
        "A0",
        scene.say(date),
        said,
        text=False,
        refs=(date, *refs),
    )


def binned(scene: Scene) -> Shown:
    """Dates cut into bins, in the manner of public chart sets: `bin hire date by weekday`."""
    date = scene.column("date")
    unit = scene.one("monthname", "year", "weekday", "year", "weekday", "monthname", "yq")
    said = scene.say(date)
    bins = scene.fill(
        (
            "[bin {d} by {u}|bin {d} by {u}|bin the {d} by {u}|bin {d} into {u} "
            "interval|bin the x axis by {u}|bin {d} into {u} intervals|binning {d} "
            "by {u}|and bin the x-axis into {u} interval|note that you should bin "
            "{d} into {u} interval]"
        ),
        d=said,
        u=scene.fill(_BINNED["en"][unit]),
    )
    counting = scene.chance(0.5)
    slots = {"d": said, "bins": bins, **row_words(scene)}
    if counting:
        aggregate: Steps = ("size",)
        text = (
            "[the distribution of {d} and the [amount|count] of {d} {bins}|the "
            "number of {rows} for each {d}, {bins}|the number of {d}, {bins}|how "
            "many {rows} per {d}, {bins}|the frequency of {d}, {bins}|the amount of "
            "{d} over the {d} {bins}|group and count {d}, {bins}]"
        )
        refs: tuple[Ref, ...] = (date,)
    else:
        y = scene.column("measure")
        func = scene.one("mean", "sum", "sum", "mean", "max")
        aggregate, refs = steps("{f} {y}", f=func, y=y), (date, y)
        slots["m"] = measure_said(scene, func, y)
        text = (
            "[the distribution of {d} and {m} {bins}|{m} over the {d} {bins}|{m} for "
            "each {d}, {bins}|{d} and {m}, {bins}|{m} by {d}, and {bins}]"
        )
    phrase = scene.fill(text, **slots)
    return Shown(
        phrase,
        phrase,
        ("by", *steps("{u} {d}", u=unit, d=date), "end", *aggregate, "end"),
        "K0",
        "A0",
        said,
        scene.one("the total number", "the count") if counting else slots["m"],
        text=False,
        refs=refs,
    )


def over_dates(scene: Scene) -> Shown:
    """A measure along a raw date or year column, not aggregated."""
    date = scene.column("date")
    y = scene.column("measure")
    words, where = filtered_by(scene, (date, y), 0.15)
    template = (
        (
            "[{y} a lo largo del tiempo|la evolución de {y}|la tendencia de {y}|{y} "
            "frente a {d}|{y} por {d}|cómo cambia {y} con el tiempo|la evolución de "
            "{y} según {d}|la serie temporal de {y}] {w}"
        )
        if scene.es
        else (
            "[{y} over time|the trend of {y}|{y} over {d}|the change of {y} over {d}"
            "|{y} vs {d}|how {y} changes over time|{y} by {d}|the evolution of {y}"
            "|the trend about {y} over {d}|the time series of {y}|{y} against {d}] "
            "{w}"
        )
    )
    phrase = scene.fill(template, y=scene.say(y), d=scene.say(date), w=words)
    return Shown(
        phrase,
        phrase,
        where,
        date.symbol,
        y.symbol,
        "",
        "",
        drawn=steps("{d} {y} end", d=date, y=y),
        refs=(date, y),
    )


def by_year(scene: Scene) -> Shown:
    """An aggregate per value of a number column that holds years."""
    years = [ref for ref in scene.refs("ord") if scene.role(ref) == "year"]
    if not years:
        raise NoFit("year")
    x = scene.rng.choice(years)
    said, aggregate, refs = _measured(scene, 0.4)
    words, where = filtered_by(scene, (x, *refs), 0.15)
    per = scene.fill(PER[scene.lang])
    slots = {**row_words(scene), **spoken_key(scene, x), "m": said, "w": words, "per": per}
    phrase = scene.fill(
        (
            "[{m} {per} {x}|{m} por {x}|la evolución de {m} por {x}|{m} a lo largo "
            "de {xs_los} {xs}] {w}"
        )
        if scene.es
        else (
            "[{m} {per} {x}|{m} by {x}|{m} over the {xs}|the trend of {m} over {x}"
            "|{m} in each {x}|the change of {m} over {x}] {w}"
        ),
        **slots,
    )
    sentence = (
        phrase
        if aggregate != ("size",) or scene.es
        else scene.fill("[List|Show|Count|Find] the number of {rows} in each {x} {w}", **slots)
    )
    return Shown(
        phrase,
        sentence,
        (*where, *steps("by {x} end", x=x), *aggregate, "end"),
        "K0",
        "A0",
        slots["x"],
        said,
        text=False,
        refs=(x, *refs),
    )


def _finished(
    scene: Scene, shown: Shown, chart: str, source: str, *, named: bool = True
) -> Example:
    clause = named and scene.chance(0.3)
    words = (
        framed(scene, chart, shown.sentence if clause else shown.phrase, clause=clause)
        if named
        else unnamed(scene, shown.phrase)
    )
    order: Steps = ()
    if shown.x_said and chart in ("bar", "line") and scene.chance(0.2 if chart == "bar" else 0.12):
        axis = "y" if chart == "bar" and scene.chance(0.7) else "x"
        said = shown.y_said if axis == "y" else shown.x_said
        key = shown.y if axis == "y" else shown.x
        asked = ordered(scene, axis=axis, said=said, text=False, key=key)
        words, order = f"{words} {asked.words}", asked.steps
    style = styled(scene, chart)
    plan = ("from", "T0", *shown.steps, *order, chart, *shown.drawn, *style.steps, "end")
    return scene.example(f"{words} {style.words}", plan, source)


def _time_lines(scene: Scene) -> Example:
    shown = periods(scene, "ym ym ym year year yq date yw")
    return _finished(scene, shown, scene.one("line", "line", "line", "area"), "charts.time")


def _unnamed_lines(scene: Scene) -> Example:
    if scene.chance(0.45):
        return _finished(scene, over_dates(scene), "line", "charts.trend", named=False)
    shown = periods(scene, "ym ym year year yq date yw")
    return _finished(scene, shown, "line", "charts.time_unnamed", named=False)


def _time_bars(scene: Scene) -> Example:
    shown = periods(scene, "ym year year weekday weekday yq monthname hour")
    return _finished(scene, shown, "bar", "charts.time_bars")


def _unnamed_profiles(scene: Scene) -> Example:
    shown = periods(scene, "weekday weekday monthname hour")
    return _finished(scene, shown, "bar", "charts.profile", named=False)


def _binned_bars(scene: Scene) -> Example:
    if scene.es:
        raise NoFit("English manner")
    return _finished(scene, binned(scene), "bar", "charts.binned")


def _raw_lines(scene: Scene) -> Example:
    return _finished(
        scene, over_dates(scene), scene.one("line", "line", "line", "area"), "charts.raw_line"
    )


def _year_lines(scene: Scene) -> Example:
    if scene.chance(0.3):
        return _finished(scene, by_year(scene), "line", "charts.year_unnamed", named=False)
    return _finished(scene, by_year(scene), scene.one("line", "line", "bar"), "charts.year")


_SPLIT = {
    "en": (
        "[for each {s}|by {s}|split by {s}|colored by {s}|with {s} as color|with "
        "a color for each {s}|broken down by {s}|and group by attribute {s}|with "
        "one {mark} per {s}|, one {mark} per {s}|, a separate {mark} for each {s}"
        "|grouped by {s}|separated by {s}|and {s}|with different colors for each "
        "{s}|, and colored by attribute {s}|, and then split by {s}|with a "
        "{mark} for each {s}]"
    ),
    "es": (
        "[por cada {s}|y {s}|separado por {s}|coloreado por {s}|según {s}|con un "
        "color por {s}|desglosado por {s}|dividido por {s}|, una {mark} por {s}"
        "|con una {mark} para cada {s}|agrupado por {s}]"
    ),
}
_MARK = {
    "en": {"line": "line", "bar": "bar", "area": "area"},
    "es": {"line": "línea", "bar": "barra", "area": "área"},
}


def split(scene: Scene, first: Shown, mark: str) -> tuple[str, Steps]:
    """Add a second key to grouped data; return how that is said and the steps with both keys."""
    series = scene.column("key", avoid=first.refs)
    if scene.role(series) == "year" and mark != "line":
        raise NoFit("series")
    said = scene.fill(_SPLIT[scene.lang], s=scene.say(series), mark=_MARK[scene.lang][mark])
    at = first.steps.index("by")
    close = first.steps.index("end", at)
    both = (*first.steps[:close], series.symbol, *first.steps[close:])
    return f"{first.phrase} {said}", (*both, "wide")


def _two_keys(scene: Scene) -> Example:
    from nbcodegen.training.grammar.chart_data import aggregated, counted

    chart = scene.one("grouped", "grouped", "stacked", "stacked", "stacked", "bar", "stackedh")
    make = scene.rng.choice([counted, aggregated]) if not scene.chance(0.2) else _binned_or_timed
    first = make(scene)
    words, plan = split(scene, first, "bar")
    if scene.chance(0.15) and not scene.es:
        words = (
            f"{words}. "
            f"{scene.one('The x-axis is', 'the x axis should be', 'Put on the x axis')} "
            f"{first.x_said}"
        )
    symbol = "bar" if chart == "grouped" else chart
    return _wide(scene, words, plan, chart, symbol, "charts.two_keys")


def _binned_or_timed(scene: Scene) -> Shown:
    if not scene.es and scene.chance(0.5):
        return binned(scene)
    return periods(scene, "year year weekday ym yq")


def _wide(scene: Scene, words: str, plan: Steps, chart: str, symbol: str, source: str) -> Example:
    style = styled(scene, symbol)
    request = framed(scene, chart, words, clause=False)
    full = ("from", "T0", *plan, symbol, *style.steps, "end")
    return scene.example(f"{request} {style.words}", full, source)


def _many_lines(scene: Scene) -> Example:
    first = by_year(scene) if scene.chance(0.3) else periods(scene, "ym ym year year yq date")
    words, plan = split(scene, first, "line")
    if scene.chance(0.3):
        full = ("from", "T0", *plan, "line", "end")
        return scene.example(unnamed(scene, words), full, "charts.many_lines")
    chart = scene.one("line", "line", "line", "area")
    return _wide(scene, words, plan, chart, chart, "charts.many_lines")


def _shares(scene: Scene) -> Example:
    """Stacked to 100 %: row percentages of a cross table."""
    x = grouping(scene)
    s = scene.column("key", avoid=(x,))
    words = scene.fill(
        (
            "[gráfico de barras apiladas al 100 %|barras apiladas en porcentaje"
            "|barras apiladas al 100%] [con|de] [la proporción de {s}|{s}|el "
            "porcentaje de {s}] [por|para cada|en cada] {x}"
        )
        if scene.es
        else (
            "[100 % stacked bar chart|100% stacked bars|percent stacked bar chart"
            "|normalized stacked bar chart|stacked bar chart in percent|stacked bar "
            "chart of percentages] [of|with|showing] [the share of each {s}|{s}|the "
            "proportion of {s}|the percentage of each {s}] [by|per|for each|within "
            "each] {x}"
        ),
        x=scene.say(x),
        s=scene.say(s),
    )
    return scene.example(
        words,
        steps("from T0 by {x} {s} end size end widepct stacked end", x=x, s=s),
        "charts.shares",
    )


def _heat(scene: Scene) -> Example:
    x = grouping(scene)
    s = scene.column("key", avoid=(x,))
    if scene.chance(0.4) or not scene.refs("measure"):
        said = scene.fill(_COUNTS[scene.lang], **row_words(scene))
        aggregate: Steps = ("size",)
    else:
        y = scene.column("measure", avoid=(x, s))
        func = scene.one("mean", "mean", "sum", "max")
        said, aggregate = measure_said(scene, func, y), steps("{f} {y}", f=func, y=y)
    link = scene.fill(
        "[por|según] {x} y {s}"
        if scene.es
        else (
            "[by {x} and {s}|per {x} and {s}|for each {x} and {s}|with {x} in rows "
            "and {s} in columns|across {x} and {s}|with {x} on rows and {s} on "
            "columns|{x} by {s}]"
        ),
        x=scene.say(x),
        s=scene.say(s),
    )
    plan = (*steps("by {x} {s} end", x=x, s=s), *aggregate, "end", "wide")
    return _wide(scene, f"{said} {link}", plan, "heat", "heat", "charts.heat")


FAMILIES: tuple[tuple[float, Family], ...] = (
    (1.2, _time_lines),
    (0.9, _unnamed_lines),
    (1.0, _time_bars),
    (0.3, _unnamed_profiles),
    (0.9, _binned_bars),
    (0.7, _raw_lines),
    (0.7, _year_lines),
    (1.8, _two_keys),
    (1.0, _many_lines),
    (0.2, _shares),
    (0.4, _heat),
)

"""Charts over groups and over wide tables (GTAIL and WTAIL) -> source."""

from __future__ import annotations

from nbcodegen.plan import PlanError
from nbcodegen.rendering.axes import Options, arguments, heading
from nbcodegen.rendering.grouping import Groups
from nbcodegen.rendering.heatmap import heatmap
from nbcodegen.rendering.source import atom
from nbcodegen.rendering.spine import Step

DRAWN = frozenset(
    ["bar", "barh", "line", "area", "pie", "scatter", "hist", "box", "stacked", "stackedh", "heat"]
)
SPREAD = frozenset({"bar", "barh", "line", "area", "box"})


def draw(groups: Groups, step: Step) -> None:
    """A chart with the first key along the axis."""
    options = Options(step.parts[0].children, groups.items)
    if step.word == "scatter":
        _scatter(groups, options)
        return
    if groups.keyed and len(groups.keys) == 1:
        groups.text = f"{groups.text}.set_index({groups.keys[0].key}){_measures(groups)}"
        groups.is_table = False
    if len(groups.keys) > 1 and len(groups.parts) == 1 and step.word in SPREAD:
        if groups.is_table:
            *index, columns = [key.key for key in groups.keys]
            inner = index[0] if len(index) == 1 else f"[{', '.join(index)}]"
            value = groups.drawn[-1].key
            groups.text += f".pivot(index={inner}, columns={columns}, values={value})"
        else:
            groups.text = f"{atom(groups.text)}.unstack()"
        draw_wide(groups, step)
        return
    _in_days(groups)
    _plot(groups, step.word, options)


def _measures(groups: Groups) -> str:
    """Aggregates as columns: one alone is a Series."""
    keys = [column.key for column in groups.drawn]
    return f"[{keys[0]}]" if len(keys) == 1 else f"[[{', '.join(keys)}]]"


def _what(groups: Groups) -> str:
    return groups.cell.join([column.label for column in groups.drawn])


def _by(groups: Groups) -> str:
    return groups.cell.join([key.label for key in groups.keys])


def _in_days(groups: Groups) -> None:
    """Durations are drawn as days."""
    kinds = {column.kind for column in groups.drawn}
    if kinds == {"duration"} and not groups.is_table:
        groups.text = f"{atom(groups.text)} / pd.Timedelta(days=1)"


def _plot(groups: Groups, word: str, options: Options) -> None:
    several = len(groups.drawn) > 1
    what = _what(groups)
    base = atom(groups.text)
    title = groups.cell.say("{} by {}", what, _by(groups))
    if word == "pie":
        if several:
            base = f"{base}.iloc[:, 0]"
        groups.cell.emit(f'ax = {base}.plot.pie(autopct="%1.1f%%", ylabel="")')
        groups.cell.emit(f"ax.set_title({options.text('title') or heading(title)})", "plt.show()")
        return
    if word == "hist":
        extra = arguments(f"bins={options.bins()}", 'edgecolor="white"', options.color())
        groups.cell.emit(f"ax = {base}.plot.hist({extra})")
        title = groups.cell.say("distribution of {}", title)
        options.finish(groups.cell, title=title, x=what, y=groups.cell.say("frequency"))
        return
    if word == "box":
        groups.cell.emit(f"ax = {base}.plot.box({options.color()})")
        options.finish(groups.cell, title=title, x="", y=what)
        return
    stacked = "stacked=False" if word == "area" and several else ""
    groups.cell.emit(f"ax = {base}.plot.{word}({arguments(*_looks(word, options), stacked)})")
    _finish(groups, word, options, title)


def _looks(word: str, options: Options) -> list[str]:
    rotated = "rot=45" if word in ("bar", "stacked") else ""
    marker = 'marker="o"' if word == "line" else ""
    return [rotated, marker, options.color()]


def _finish(groups: Groups, word: str, options: Options, title: str, legend: str = "") -> None:
    what, by = _what(groups), groups.keys[0].label
    if word in ("barh", "stackedh"):
        # matplotlib stacks horizontal bars from below: the first row belongs on top.
        groups.cell.emit("ax.invert_yaxis()")
        options.finish(groups.cell, title=title, x=what, y=by, legend=legend)
    else:
        options.finish(groups.cell, title=title, x=by, y=what, legend=legend)


def _scatter(groups: Groups, options: Options) -> None:
    labels = [column.label for column in groups.columns.values()]
    if len(groups.keys) > 1 and len(groups.parts) == 1:
        raise PlanError("a scatter of groups needs one key, or two aggregates")
    if groups.is_table and len(groups.parts) > 1:
        frame = groups.name()
        x, y = (groups.columns[name].key for name in ("A0", "A1"))
        labels = [groups.columns["A0"].label, groups.columns["A1"].label]
        extra = options.color()
        groups.cell.emit(f"ax = {frame}.plot.scatter({arguments(f'x={x}', f'y={y}', extra)})")
    else:
        name = groups.name()
        groups.cell.emit("fig, ax = plt.subplots()")
        xs = f"{name}.index.astype(str)" if groups.keys[0].kind == "period" else f"{name}.index"
        groups.cell.emit(f"ax.scatter({arguments(xs, name, options.color())})")
    title = groups.cell.say("{} by {}", labels[1], labels[0])
    options.finish(groups.cell, title=title, x=labels[0], y=labels[1])


def draw_wide(groups: Groups, step: Step) -> None:
    """A chart with one series a column."""
    options, word = Options(step.parts[0].children, groups.items), step.word
    title = groups.cell.say("{} by {}", _what(groups), _by(groups))
    if word == "heat":
        _heat(groups, options, title)
        return
    if word == "box":
        groups.cell.emit(f"ax = {groups.text}.plot.box()")
        options.finish(groups.cell, title=title, x=groups.keys[-1].label, y=_what(groups))
        return
    method = {"stacked": "bar", "stackedh": "barh"}.get(word, word)
    stacked = "stacked=True" if word.startswith("stacked") else ""
    looks = [look for look in _looks(word, options) if not look.startswith("color")]
    groups.cell.emit(f"ax = {atom(groups.text)}.plot.{method}({arguments(stacked, *looks)})")
    legend = groups.keys[-1].label if len(groups.keys) > 1 else ""
    _finish(groups, word, options, title, legend)
    if options.has("nolegend"):
        groups.cell.lines.insert(-1, "ax.get_legend().remove()")


def _heat(groups: Groups, options: Options, title: str) -> None:
    groups.hint = "grid"
    name, cell = groups.name(), groups.cell
    heatmap(cell, name, "")
    x, y = groups.keys[-1].label, groups.keys[0].label
    options.finish(cell, title=title, x=x, y=y)

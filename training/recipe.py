"""A TOML file -> Recipe: the complete settings of a run, one section a stage.

Later wins: the defaults below < the recipe file < `--set section.key=value`. An unknown key is an
error that names the nearest valid one. Names are as PEFT and transformers spell them.
"""

from __future__ import annotations

import sys
import typing
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal

from nbcodegen.settings import nearest
from nbcodegen.training.errors import BadRecipe

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

RECIPES = Path(__file__).with_name("recipes")


@dataclass(frozen=True, slots=True)
class MineSettings:
    """Which files are read, and what of them makes a pair."""

    max_context_cells: int = 3
    """Cells of code before a pair that are kept with it."""
    max_cell_characters: int = 20_000
    """Longer cells are skipped unread."""
    skip: tuple[str, ...] = ()
    """Sources (repositories, folders) that are left out, by name."""
    workers: int = 0
    """Processes of the local cluster; 0: as many as there are cores; 1: none but this one."""
    scheduler: str = ""
    """Address of a running dask scheduler; empty: a local one."""


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """What a pair must be to be kept."""

    licences: tuple[str, ...] = ()
    """Only sources under these licences; empty: all (your own notebooks)."""
    min_request_words: int = 2
    max_request_words: int = 60
    max_code_lines: int = 15
    max_lint_findings: int = 3
    """Of ruff's rules about mistakes; more and the pair is dropped."""
    mask_personal_data: bool = True
    strict: bool = True
    """Drop pairs whose words and code share no stem and no synonym, and requests that do not begin
    with an imperative or a question: fewer pairs, more of them right."""


@dataclass(frozen=True, slots=True)
class DedupeSettings:
    """What counts as the same pair."""

    jaccard: float = 0.9
    permutations: int = 128
    max_share_of_source: float = 1.0
    """Largest share that one source may have of all pairs. Public corpora: 0.03."""
    max_same_request: int = 5
    max_same_skeleton: int = 5
    """Pairs whose code is the same but for names and literals."""
    evaluations: tuple[str, ...] = ()
    """Files of evaluation sets: a pair that shares an n-gram of words or of code is dropped."""
    ngram: int = 8


@dataclass(frozen=True, slots=True)
class AugmentSettings:
    """How many variants are made of a training pair."""

    copies: int = 3
    paraphrase: bool = True
    rename_columns: bool = True
    equivalent_code: bool = True
    translate: bool = True
    """Requests by rule into the other language, English or Spanish, where the rules are sure."""


@dataclass(frozen=True, slots=True)
class SplitSettings:
    """Shares of the whole, by source and never by cell."""

    validation: float = 0.1
    test: float = 0.1


@dataclass(frozen=True, slots=True)
class FormatSettings:
    """What becomes of a pair before a model learns from it."""

    max_tokens: int = 1024
    packing: bool = True
    """Several texts in one row, none of which sees another. For causal base models."""


@dataclass(frozen=True, slots=True)
class LoraSettings:
    """As PEFT spells them."""

    r: int = 16
    lora_alpha: int = 32
    lora_dropout: float = 0.05
    target_modules: tuple[str, ...] = ()
    """Empty: every linear layer but the one that writes words."""


@dataclass(frozen=True, slots=True)
class TuneSettings:
    """As transformers' `TrainingArguments` spells them, where it has them."""

    quantize: Literal["nf4", "none"] = "nf4"
    num_train_epochs: float = 3.0
    max_steps: int = -1
    learning_rate: float = 2e-4
    per_device_train_batch_size: int = 8
    gradient_accumulation_steps: int = 1
    lr_scheduler_type: str = "cosine"
    warmup_ratio: float = 0.05
    weight_decay: float = 0.0
    max_grad_norm: float = 1.0
    label_smoothing_factor: float = 0.0
    gradient_checkpointing: bool = False
    precision: Literal["auto", "bf16", "fp16", "fp32"] = "auto"
    optim: str = "auto"
    """`auto`: paged 8-bit AdamW on a GPU, AdamW elsewhere."""
    replay: float = 0.2
    """Share of training examples that are general ones, against forgetting."""
    patience: int = 3
    """Evaluations without a better pass rate on validation requests before training stops."""
    evaluations: int = 6
    """Looks at the validation requests in a run."""
    max_minutes: float = 0.0
    """End after so many minutes of training; 0: no limit."""
    report_to: str = "tensorboard"
    """`tensorboard`, `wandb` or `none`. Only `wandb` sends anything anywhere."""


@dataclass(frozen=True, slots=True)
class EvaluateSettings:
    """What is measured before and after."""

    candidates: int = 4
    k: tuple[int, ...] = (1, 4)
    max_requests: int = 200
    """Of the test split; the rest is left out, by a draw with the seed."""
    suites: tuple[str, ...] = ()
    """`humaneval:PATH`, `mbpp:PATH`, `ds1000:PATH`, `pandaseval:PATH`."""


@dataclass(frozen=True, slots=True)
class MergeSettings:
    """How an adapter is added to its base."""

    strength: float = 1.0
    """Share of the way from the base to what was learnt, for the embedded base. Below 1 less of
    what the base could is forgotten (WiSE-FT, Wortsman et al. 2022)."""


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What is written for serving."""

    formats: tuple[str, ...] = ("onnx",)
    """`onnx` (embedded base), `gguf`, `int4` (causal bases)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that a run is told."""

    base: str = "embedded"
    """`embedded`, a name on the model hub, or a folder."""
    revision: str = ""
    """Commit of a base on the hub; empty: the newest, which is then recorded."""
    template: str = ""
    """Prompt template of a causal base; empty: its own chat template."""
    seed: int = 0
    mine: MineSettings = field(default_factory=MineSettings)
    clean: CleanSettings = field(default_factory=CleanSettings)
    dedupe: DedupeSettings = field(default_factory=DedupeSettings)
    augment: AugmentSettings = field(default_factory=AugmentSettings)
    split: SplitSettings = field(default_factory=SplitSettings)
    format: FormatSettings = field(default_factory=FormatSettings)
    lora: LoraSettings = field(default_factory=LoraSettings)
    tune: TuneSettings = field(default_factory=TuneSettings)
    evaluate: EvaluateSettings = field(default_factory=EvaluateSettings)
    merge: MergeSettings = field(default_factory=MergeSettings)
    export: ExportSettings = field(default_factory=ExportSettings)


def shipped() -> tuple[str, ...]:
    """Names of the recipes that come with the package."""
    return tuple(sorted(path.stem for path in RECIPES.glob("*.toml")))


def load(name: str = "laptop", overrides: Sequence[str] = ()) -> Recipe:
    """Read a shipped recipe by name or any by path, then apply `section.key=value` overrides.

    Raises `BadRecipe`.
    """
    path = RECIPES / f"{name}.toml" if name in shipped() else Path(name)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadRecipe(f"There is no recipe {name!r}{nearest(name, shipped())}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRecipe(f"The recipe {path} cannot be read: {error}.") from error
    recipe: Recipe = _filled(Recipe(), table, path.name)
    for override in overrides:
        recipe = _filled(recipe, _nested(override), f"--set {override}")
    return recipe


def section(recipe: Recipe, stage: str) -> Mapping[str, Any]:
    """What a manifest records of a recipe for one stage: its own section, and the base model."""
    names = {"tune": ("tune", "lora")}.get(stage, (stage,))
    own = {name: getattr(recipe, name) for name in names if hasattr(recipe, name)}
    plain = {name: asdict(value) for name, value in own.items()}
    return {"base": recipe.base, "revision": recipe.revision, **plain}


def _nested(override: str) -> dict[str, Any]:
    """`tune.max_steps=5` -> {"tune": {"max_steps": 5}}; a value that is no TOML is a text."""
    key, equals, text = override.partition("=")
    if not equals:
        raise BadRecipe(f"--set {override}: write it as section.key=value.")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    for part in reversed(key.strip().split(".")):
        value = {part: value}
    return value  # type: ignore[no-any-return]


def _filled(value: Any, table: Mapping[str, Any], where: str, within: str = "") -> Any:
    """A copy of settings with the table's entries; nested tables are sections."""
    known = {each.name for each in fields(value)}
    kinds = typing.get_type_hints(type(value))
    changed: dict[str, Any] = {}
    for name, entry in table.items():
        if name not in known:
            raise BadRecipe(f"{where}: there is no setting {within + name!r}{nearest(name, known)}")
        own = getattr(value, name)
        if is_dataclass(own):
            if not isinstance(entry, dict):
                raise BadRecipe(f"{where}: {name} is a section; write {name}.KEY = value.")
            changed[name] = _filled(own, entry, where, f"{within}{name}.")
        else:
            changed[name] = _fitted(kinds[name], entry, f"{where}: {within}{name}")
    return replace(value, **changed)


def _fitted(kind: Any, entry: Any, where: str) -> Any:
    """The entry as the setting's own kind; `BadRecipe` where it is of another."""
    if typing.get_origin(kind) is Literal:
        allowed = typing.get_args(kind)
        if entry not in allowed:
            raise BadRecipe(f"{where} is one of {', '.join(map(str, allowed))}, not {entry!r}.")
        return entry
    if typing.get_origin(kind) is tuple:
        entries = entry if isinstance(entry, list) else [entry]
        return tuple(_fitted(typing.get_args(kind)[0], each, where) for each in entries)
    if kind is float and type(entry) is int:
        return float(entry)
    if type(entry) is not kind:
        raise BadRecipe(f"{where} is {kind.__name__}, not {entry!r}.")
    return entry

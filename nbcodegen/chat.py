"""Prompt -> the text that a causal model goes on from; what it wrote -> code.

The one wrapping, for serving and for tuning. Whoever changes a text here changes the name of its
form too: adapters carry the names of the prompt template and of the form, and refuse others.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

from nbcodegen.errors import UnknownName
from nbcodegen.values import Finding, Prompt, Task

Form = Literal["chat", "plain"]
FORMS: Mapping[Form, str] = {"chat": "chat-v1", "plain": "plain-v1"}
"""`chat`: a turn in the tokenizer's own chat template. `plain`: the prompt, then the code."""

INSTRUCTION = (
    "Write one notebook cell in Python, with pandas and matplotlib, that does what the request "
    "says. The lines below name the tables that are loaded, their columns, and values that the "
    "request mentions. Answer with the code only."
)
INSTRUCTIONS: Mapping[Task, str] = {
    "cell": INSTRUCTION,
    "function": (
        "Write the Python function that is begun below, complete: with the same name, parameters, "
        "annotations and docstring, and with the imports that it needs above it. Lines may name "
        "tables of the notebook that it is for. Answer with the code only."
    ),
    "tests": (
        "Write tests, as pytest would collect them, for the Python function below: functions named "
        "test_..., without arguments and fixtures, each about one behaviour, edge cases among "
        "them. Call the function by its name: it is there already, so neither import nor write "
        "it. Use plain asserts, and try and except where an error is due; use pytest only where "
        "the lines below say that it is installed. Do not call the tests. Answer with the code "
        "only."
    ),
    "explain": (
        "Explain the Python code below to the person who wrote to you, in a few short paragraphs "
        "of plain text without markup, and in the language of the question. Answer the question "
        "first, if there is one."
    ),
}
"""One for each task. `INSTRUCTION` is fixed: adapters are tuned with it, byte for byte."""
_BEFORE_CODE = "code:\n"
_BEFORE_PROSE = "explanation:\n"
_FENCE = re.compile(r"```[ \t]*\w*[ \t]*\n(.*?)(?:\n[ \t]*```|\Z)", re.DOTALL)
_CONTROL = re.compile(
    r"<[|｜][^|｜\s]{1,40}[|｜]>|</?s>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|<(?:bos|eos)>"
)
"""What common templates write around turns; a column of such a name stays a column's name."""
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
"""What some models write to themselves first; code in it is no answer."""
_NEXT_PROMPT = re.compile(r"^(?:request: |T0 table |code:$)", re.MULTILINE)


class Tokenizer(Protocol):
    """What is asked of a tokenizer of transformers."""

    chat_template: Any
    eos_token_id: Any
    added_tokens_decoder: Any

    def apply_chat_template(self, conversation: Any, *, tokenize: bool, **options: Any) -> Any:
        """Write a conversation as one text."""
        ...

    def __call__(self, text: str, *, add_special_tokens: bool) -> Any:
        """Encode a text; `["input_ids"]` of the answer are its tokens."""
        ...


def form_of(tokenizer: Tokenizer, wanted: str = "") -> Form:
    """Return the form that is wanted; else `chat` where the tokenizer brings a chat template.

    Raises `UnknownName` for a form that does not exist, or that this tokenizer cannot write.
    """
    if wanted not in ("", *FORMS):
        raise UnknownName(f"There is no prompt form {wanted!r}; there are {', '.join(FORMS)}.")
    if wanted == "chat" and not tokenizer.chat_template:
        raise UnknownName(
            "This tokenizer brings no chat template, so its prompts cannot be in the form 'chat'. "
            "Use 'plain'."
        )
    if wanted == "plain" or not tokenizer.chat_template:
        return "plain"
    return "chat"


def template(prompt_template: str, form: Form) -> str:
    """Name what a model must be served with: the renderer's template and the form.

    >>> template("pointers-v1", "chat")
    'pointers-v1/chat-v1'
    """
    return f"{prompt_template}/{FORMS[form]}"


def wrap(prompt: Prompt, tokenizer: Tokenizer, form: Form) -> str:
    """Write the text that the model goes on from; nothing in a table can speak as the template.

    In a chat, what was proposed before and refused follows as turns; a plain model is not told.
    """
    if form == "chat":
        said = list(_turns(prompt, lambda text: disarmed(text, tokenizer)))
        return str(tokenizer.apply_chat_template(said, tokenize=False, add_generation_prompt=True))
    told = disarmed(prompt.text, tokenizer)
    if prompt.task == "cell":  # as adapters are tuned
        return told + _BEFORE_CODE
    before = _BEFORE_PROSE if prompt.task == "explain" else _BEFORE_CODE
    return f"{INSTRUCTIONS[prompt.task]}\n\n{told}{before}"


def turns(prompt: Prompt) -> Iterator[dict[str, str]]:
    """Write the prompt as turns, for a server whose tokenizer is not known here.

    What was proposed before and refused follows, with the reasons. Errors of trials may quote
    cells, so of these only the kind is told.
    """
    return _turns(prompt, lambda text: _CONTROL.sub(lambda found: _broken(found[0]), text))


def _turns(prompt: Prompt, disarm: Callable[[str], str]) -> Iterator[dict[str, str]]:
    yield _turn("user", f"{INSTRUCTIONS[prompt.task]}\n\n{disarm(prompt.text)}")
    for rejected in prompt.rejected[:1]:
        why = "\n".join(f"- {_reason(each)}" for each in rejected.findings if each.fatal)
        what = "That cell" if prompt.task == "cell" else "That"
        yield _turn("assistant", disarm(completion(rejected.candidate.code, "chat")))
        yield _turn("user", disarm(f"{what} will not do:\n{why}\nWrite it again."))


def _turn(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _broken(control: str) -> str:
    return f"{control[0]} {control[1:]}"


def _reason(finding: Finding) -> str:
    told = finding.message.split(":")[0] if finding.rule.startswith("NB3") else finding.message
    nearest = f"; the nearest name is {finding.nearest}" if finding.nearest else ""
    return f"line {finding.line}: {told}{nearest}"


def completion(code: str, form: Form) -> str:
    """Write code as the model is to write it, without the token that ends a text."""
    return f"```python\n{code}\n```" if form == "chat" else code


def begun(task: Task, form: Form) -> str:
    """What a local model's answer begins with: it need not write that itself."""
    return "```python\n" if form == "chat" and task != "explain" else ""


def is_complete(text: str, task: Task, form: Form) -> bool:
    """Tell whether an answer, as far as it is written, is one already.

    Code in a chat ends with its fence, where what stands before parses: a fence inside a string
    ends nothing. A plain model's code ends where another prompt begins.

    >>> is_complete("```python\\ndf.head()\\n```", "cell", "chat")
    True
    >>> is_complete("```python\\ntext = \'\'\'\\n```", "cell", "chat")
    False
    """
    if task == "explain":
        return False
    if form == "plain":
        return _NEXT_PROMPT.search(text) is not None
    at = text.rfind("\n```")
    return at > 0 and _parses(text[:at].partition("\n")[2])


def _parses(code: str) -> bool:
    try:
        ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True


def answer_of(text: str, task: Task, form: Form) -> str:
    """Take a completion's text out of what a model wrote: its code, or its prose as it stands.

    Thoughts that it wrote down first, between `<think>` marks, are no part of either.

    >>> answer_of("<think>A loop?</think>It counts.", "explain", "chat")
    'It counts.'
    """
    said = _THOUGHTS.sub("", text)
    return said.strip() if task == "explain" else code_of(said, form)


def code_of(text: str, form: Form) -> str:
    """Take the code out of what a model wrote: its first fenced block, or all of it.

    A plain model that does not stop goes on with another prompt; that is left out.

    >>> code_of("Sure!\\n```python\\ndf.head()\\n```\\nThis shows...", "chat")
    'df.head()'
    """
    fenced = _FENCE.search(text)
    if fenced:
        return fenced[1].strip("\n").rstrip()
    return (_NEXT_PROMPT.split(text)[0] if form == "plain" else text).strip("\n").rstrip()


def tokens(text: str, tokenizer: Tokenizer, form: Form) -> list[int]:
    """Encode a wrapped prompt; a chat template has written the token that begins a text itself."""
    ids = list(tokenizer(text, add_special_tokens=form == "plain")["input_ids"])
    # Some tokenizers end every text that they are given, also one that is to be gone on from.
    return ids[:-1] if ids and ids[-1] == tokenizer.eos_token_id and form == "plain" else ids


def control_tokens(tokenizer: Tokenizer) -> Sequence[str]:
    """List the texts that this tokenizer reads as one token with a meaning of its own."""
    added = (str(token) for token in tokenizer.added_tokens_decoder.values())
    # Runs of spaces and tabs are added tokens too where a tokenizer was made for code.
    return [text for text in added if len(text.strip()) > 2]


def disarmed(text: str, tokenizer: Tokenizer) -> str:
    """Break up control tokens, so that a column named `<|im_end|>` stays a column's name."""
    for control in control_tokens(tokenizer):
        text = text.replace(control, _broken(control))
    return text

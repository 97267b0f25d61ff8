"""What a user writes for a server -> its address and the name of its model."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from nbcodegen.errors import UnknownName

SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server answers."""

    base: str
    """Without a slash at its end; paths such as `/chat/completions` follow."""
    host: str
    """Host and port, as keys are kept by."""
    model: str = ""
    """Empty: the only model that the server has."""


def is_address(name: str) -> bool:
    """Tell whether a model's name is the address of a server."""
    return name.partition("://")[0].lower() in SCHEMES and "://" in name


def parse(name: str) -> Address:
    """Read `http://host:8000/v1#model`.

    Raises `UnknownName` for an address without a host, and for one that holds a password: names
    of models stand in notebooks, and secrets must not.

    >>> parse("http://localhost:11434/v1/#qwen2.5-coder:7b")
    Address(base='http://localhost:11434/v1', host='localhost:11434', model='qwen2.5-coder:7b')
    """
    address, _, model = name.strip().partition("#")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UnknownName(f"{address!r} is no address: {error}") from None
    if not host:
        raise UnknownName(f"{address!r} is no address. Write it as http://localhost:8000/v1")
    if parts.username or parts.password or parts.query:
        raise UnknownName(
            f"The address of {host} holds more than an address. A key belongs into the environment "
            "(NBCODEGEN_API_KEY) or the keyring, never into a notebook."
        )
    return Address(address.rstrip("/"), parts.netloc, model.strip())

"""The key of a server: from the environment, else from the keyring. Never shown, never kept."""

from __future__ import annotations

import os

VARIABLE = "NBCODEGEN_API_KEY"
SERVICE = "nbcodegen"


def key_for(host: str) -> str:
    """Return the key for a server, or "" where there is none."""
    return os.environ.get(VARIABLE, "").strip() or _from_keyring(host)


def how_to_give_one(host: str) -> str:
    """Say where a key is looked for."""
    return f"Set {VARIABLE} before Jupyter starts, or keep it with: keyring set {SERVICE} {host}"


def _from_keyring(host: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(SERVICE, host) or ""
    except KeyringError:  # a locked or missing keyring is no key
        return ""

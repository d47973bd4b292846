"""Detached signatures (Ed25519) of whole files, by the optional package cryptography.

A signature is the 64 bytes themselves, over the file's bytes, as other tools make and check them:
`openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in FILE -sigfile FILE.sig`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mapdata.errors import SnapshotError

_HOW = "openssl genpkey -algorithm ed25519 -out key.pem"


def signer(path: str | os.PathLike[str], password: Callable[[], str]) -> Callable[[bytes], bytes]:
    """What signs with the private key of a PEM file. password: asked where the file wants one.

    Raises SnapshotError for a file that is no such key, and where cryptography is not installed.
    """
    serialization, keys, _ = _cryptography()
    content = _read(path)
    try:
        try:
            key = serialization.load_pem_private_key(content, None)
        except TypeError:  # it is encrypted
            key = serialization.load_pem_private_key(content, password().encode())
    except (ValueError, TypeError) as fault:
        raise SnapshotError(f"{path}: no private key that can be read ({fault}); `{_HOW}` makes one") from fault
    if not isinstance(key, keys.Ed25519PrivateKey):
        raise SnapshotError(f"{path}: not an Ed25519 key; `{_HOW}` makes one")
    return lambda content: bytes(key.sign(content))


def is_signed(content: bytes, signature: bytes, path: str | os.PathLike[str]) -> bool:
    """Whether the signature is one of these bytes by the key of a PEM file, which is the public one.

    Raises SnapshotError for a file that is no such key, and where cryptography is not installed.
    """
    serialization, keys, invalid = _cryptography()
    try:
        key = serialization.load_pem_public_key(_read(path))
    except (ValueError, TypeError) as fault:
        raise SnapshotError(
            f"{path}: no public key that can be read ({fault}); `openssl pkey -in key.pem -pubout` makes it"
        ) from fault
    if not isinstance(key, keys.Ed25519PublicKey):
        raise SnapshotError(f"{path}: not an Ed25519 key")
    try:
        key.verify(signature, content)
    except invalid:
        return False
    return True


def _read(path: str | os.PathLike[str]) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise SnapshotError(f"{path}: cannot be read ({fault.strerror or fault})") from fault


def _cryptography() -> tuple[Any, Any, type[Exception]]:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as fault:
        raise SnapshotError("signatures need the package cryptography: pip install 'mapdata[sign]'") from fault
    return serialization, ed25519, InvalidSignature

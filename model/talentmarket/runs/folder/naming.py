"""How the folders of runs and comparisons are called: names that every system can hold, and no two alike."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from talentmarket.errors import InputError

LONGEST = 100  # letters
MOST_BYTES = 200  # of the 255 that file systems allow, as hidden files beside the folder have longer names
HASH_LENGTH = 8
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\s*(\.|$))", re.IGNORECASE)


def folder_name(name: str) -> str:
    """A name as one folder's name: what Windows or Unix cannot hold becomes `-`, a long one is cut and told by a hash.

    Raises
    ------
    InputError
        If nothing is left of it.
    """
    plain = "".join("-" if _is_forbidden(sign) else sign for sign in unicodedata.normalize("NFC", name))
    plain = RESERVED.sub(r"\1_", re.sub("-{2,}", "-", plain).strip(" .-"))
    if not re.search(r"\w", plain):
        raise InputError(f"{name!r} is no name for a folder: it needs at least one letter or digit")
    return _cut(plain)


def _is_forbidden(sign: str) -> bool:
    return sign in '/\\:*?"<>|' or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _cut(plain: str) -> str:
    if len(plain) <= LONGEST and len(plain.encode()) <= MOST_BYTES:
        return plain
    short = plain[: LONGEST - HASH_LENGTH - 1]
    while len(short.encode()) > MOST_BYTES - HASH_LENGTH - 1:
        short = short[:-1]
    return with_hash(short.rstrip(" .-"), hashlib.sha256(plain.encode()).hexdigest())


def with_hash(name: str, digest: str) -> str:
    """A name that ends in the first digits of a hash."""
    return f"{name}-{digest[:HASH_LENGTH]}"


def same_place(name: str) -> str:
    """Equal for two names that are one folder on a system that tells no capitals apart."""
    return name.casefold()

"""Quantiles that are kept are those of SciPy to the last bit, whatever has become of the file."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from scipy.special import betaincinv, ndtri

from talentmarket.market.setup import quantiles

PROBABILITY = np.linspace(0.0, 1.0, 257)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    return tmp_path / "talentmarket" / "quantiles"


@pytest.mark.parametrize("again", [False, True])
def test_they_are_those_of_scipy_to_the_last_bit(again: bool, folder: Path) -> None:
    for _ in range(1 + again):
        normal = quantiles.normal_quantile(PROBABILITY)
        beta = quantiles.beta_quantile(1.3, 0.7, PROBABILITY)
    assert normal.tobytes() == ndtri(PROBABILITY).tobytes()
    assert beta.tobytes() == betaincinv(1.3, 0.7, PROBABILITY).tobytes()
    assert len(list(folder.iterdir())) == 2


def test_others_are_others(folder: Path) -> None:
    first = quantiles.beta_quantile(1.0, 2.0, PROBABILITY)
    assert not np.array_equal(first, quantiles.beta_quantile(2.0, 1.0, PROBABILITY))
    assert not np.array_equal(first[1:], quantiles.beta_quantile(1.0, 2.0, PROBABILITY[1:] / 2.0))
    assert quantiles.normal_quantile(PROBABILITY[:0]).size == 0


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * (32 + 257 * 8)])
def test_a_damaged_file_is_computed_again(damage: bytes, folder: Path) -> None:
    right = quantiles.normal_quantile(PROBABILITY)
    (file,) = folder.iterdir()
    kept = file.read_bytes()
    file.write_bytes(damage)
    assert quantiles.normal_quantile(PROBABILITY).tobytes() == right.tobytes()
    assert file.read_bytes() == kept


def test_no_more_than_so_many_are_kept_those_asked_for_last(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantiles, "MOST_KEPT", 3)
    quantiles.normal_quantile(PROBABILITY)
    (asked_again,) = folder.iterdir()
    for number in range(1, 6):
        set_back_a_minute(folder)
        quantiles.beta_quantile(float(number), 1.0, PROBABILITY)
        quantiles.normal_quantile(PROBABILITY)
    kept = set(folder.iterdir())
    assert len(kept) == 3
    assert asked_again in kept
    monkeypatch.setattr("scipy.special.betaincinv", None)  # what is kept is not computed
    assert quantiles.beta_quantile(5.0, 1.0, PROBABILITY) is not None
    with pytest.raises(TypeError):
        quantiles.beta_quantile(1.0, 1.0, PROBABILITY)


def set_back_a_minute(folder: Path) -> None:
    """As if what is kept had been asked for a minute earlier: files of one moment have no order."""
    for file in folder.iterdir():
        seen = file.stat().st_mtime - 60.0
        os.utime(file, (seen, seen))

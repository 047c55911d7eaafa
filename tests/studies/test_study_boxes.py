"""PRIM finds a known box, and none where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from talentmarket.studies.analyses.boxes import boxes


def test_a_known_box_is_found() -> None:
    rng = np.random.default_rng(1)
    inputs = rng.random((2000, 4))
    fails = (inputs[:, 1] > 0.6) & (inputs[:, 3] < 0.3)
    first, *others = boxes(inputs, fails)
    assert set(first.limits) == {1, 3}
    assert first.limits[1][0] == pytest.approx(0.6, abs=0.03)
    assert first.limits[3][1] == pytest.approx(0.3, abs=0.03)
    assert first.density > 0.9
    assert first.coverage > 0.9
    assert len(others) <= 2


def test_two_boxes_are_found_one_after_the_other() -> None:
    rng = np.random.default_rng(2)
    inputs = rng.random((4000, 3))
    fails = ((inputs[:, 0] < 0.25) & (inputs[:, 1] < 0.4)) | (inputs[:, 2] > 0.9)
    found = boxes(inputs, fails)[:2]
    assert {tuple(sorted(box.limits)) for box in found} == {(0, 1), (2,)}
    assert sum(box.failures for box in found) > 0.85 * fails.sum()


def test_noise_has_no_box() -> None:
    telling = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        found = boxes(rng.random((200, 4)), rng.random(200) < 0.2)
        telling += any(box.density > 0.6 and box.coverage > 0.5 for box in found)
    assert telling == 0


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_failing_nowhere_or_everywhere_needs_no_box(share: float) -> None:
    rng = np.random.default_rng(3)
    assert boxes(rng.random((100, 2)), rng.random(100) < share) == []


def test_values_of_a_list_are_peeled_whole() -> None:
    rng = np.random.default_rng(4)
    inputs = np.column_stack([rng.integers(0, 3, 600), rng.random(600)]).astype(float)
    (box, *_) = boxes(inputs, inputs[:, 0] == 2.0)
    assert box.limits == {0: (2.0, 2.0)}
    assert box.density == 1.0

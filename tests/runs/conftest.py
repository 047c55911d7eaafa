"""What all tests of runs share."""

import pytest

from talentmarket.runs import replicates


@pytest.fixture(autouse=True, scope="module")
def small_batches():
    """A batch of 16 replicates, so that a few dozen make several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replicates, "LARGEST_BATCH", 16)
        yield

import numpy as np
import pytest
from markets import lab, outside, quiet

import talentmarket as tm
from talentmarket.market.readers.researchers import COLUMNS, Researcher


@pytest.fixture(scope="module")
def market():
    labs = [lab("Alpha", 120, separation=1.0), lab("Beta", 60), outside(20)]
    market = tm.TalentMarket(quiet(labs=labs))
    for _ in range(3):
        market.step()
    return market


@pytest.fixture(scope="module")
def researchers(market):
    return market.researchers


def test_the_set_has_everybody(researchers):
    assert len(researchers) == 200
    assert [each.number for each in researchers] == list(range(200))


def test_columns_are_read_by_name(market, researchers):
    for name in COLUMNS:
        column = researchers.get(name)
        assert column.shape == (200,)
        if name != "lab":
            assert (column == market.replicate.world.researchers[name]).all()


def test_labs_are_read_as_names(researchers):
    months = np.unique(researchers.get("lab"), return_counts=True)
    assert set(months[0]) == {"Alpha", "Beta", "outside"}
    assert (researchers.get("lab")[120:180] == "Beta").all()


def test_a_column_that_is_not_there_is_named_in_the_error(researchers):
    with pytest.raises(KeyError, match="no column 'salary'; there are talent, loyalty"):
        researchers.get("salary")
    with pytest.raises(KeyError, match="no column 'latest_offer'"):
        researchers.get("latest_offer")


def test_select_takes_a_mask_or_a_function(researchers):
    by_function = researchers.select(lambda people: people.get("talent") > 1.5)
    by_mask = researchers.select(researchers.get("talent") > 1.5)
    expected = np.flatnonzero(researchers.get("talent") > 1.5)
    assert [each.number for each in by_function] == [each.number for each in by_mask] == expected.tolist()
    assert 0 < len(by_mask) < 200


def test_a_selection_can_be_selected_from(researchers):
    loyal = researchers.select(researchers.get("loyalty") > 0.6)
    at_beta = loyal.select(lambda people: people.get("lab") == "Beta")
    assert set(at_beta.get("lab")) == {"Beta"}
    assert (at_beta.get("loyalty") > 0.6).all()
    assert at_beta[0].number >= 120
    assert len(researchers) == 200


def test_nobody_can_be_selected(researchers):
    nobody = researchers.select(np.zeros(200, dtype=bool))
    assert len(nobody) == 0
    assert list(nobody) == []
    assert nobody.get("pay").shape == (0,)


def test_agg_is_a_function_of_a_column(researchers):
    assert researchers.agg("pay", np.median) == np.median(researchers.get("pay"))
    assert researchers.agg("talent", len) == 200
    beta = researchers.select(lambda people: people.get("lab") == "Beta")
    assert beta.agg("loyalty", np.mean) == pytest.approx(beta.get("loyalty").mean())


def test_a_row_is_a_view_of_one_researcher(market, researchers):
    row = researchers[17]
    assert isinstance(row, Researcher)
    record = market.replicate.world.researchers[17]
    for name in COLUMNS:
        if name != "lab":
            assert getattr(row, name) == record[name]
    assert row.lab == researchers.get("lab")[17]
    assert isinstance(row.pay, float)
    assert isinstance(row.joined, int)
    assert repr(row).startswith(f"Researcher(17, lab={row.lab!r}, talent=")


def test_a_row_has_only_what_a_researcher_has(researchers):
    with pytest.raises(AttributeError, match="no 'salary'; there are talent"):
        _ = researchers[17].salary


def test_rows_can_be_counted_from_the_end_and_not_beyond(researchers):
    assert researchers[-1].number == 199
    with pytest.raises(IndexError):
        researchers[200]


def test_a_row_is_read_at_the_moment_of_asking():
    market = tm.TalentMarket(quiet(labs=[lab("Alpha", 100, separation=12.0), outside()]))
    rows = list(market.researchers)
    assert {row.lab for row in rows} == {"Alpha"}
    market.step()
    assert {row.lab for row in rows} == {"Alpha", "outside"}
    assert all(row.joined == 1 for row in rows if row.lab == "outside")

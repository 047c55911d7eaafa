import numpy as np
import pyarrow as pa
import pytest
from fake_market import build_scenario, lively

from talentmarket.market.records.codes import Named
from talentmarket.runs.tables.arrow import (
    arrow_table,
    joined,
    names_and_codes,
    parquet_bytes,
    parquet_table,
    schema_of,
    table_of,
)
from talentmarket.runs.tables.columns import TABLES, Column


def flow(**changes):
    lab = Named(np.array([0, 1]), ("Alpha", "Beta"))
    values = {
        "month": [1, 2],
        "from": lab,
        "to": lab,
        "moves": [3, 4],
        "talent": [1.0, 2.0],
        "joint": [0, 1],
        "ordinary": [0, 1],
        "chosen": [0, 1],
        "lower": [0, 0],
        "rise": [0.0, 0.1],
        **changes,
    }
    return arrow_table("flows", values, 7)


def test_every_column_says_its_unit_and_meaning():
    for columns in TABLES.values():
        for column, stored in zip(columns, schema_of(columns), strict=True):
            assert column.definition.endswith(".")
            assert stored.metadata == {b"unit": column.unit.encode(), b"definition": column.definition.encode()}


def test_the_replicate_is_the_first_column():
    assert flow().column_names[0] == "replicate"
    assert flow()["replicate"].to_pylist() == [7, 7]


def test_equal_tables_give_equal_bytes_and_come_back():
    scenario = build_scenario()
    for name, values in lively(scenario, 3).items():
        table = arrow_table(name, values, 3)
        again = arrow_table(name, lively(scenario, 3)[name], 3)
        assert parquet_bytes(table) == parquet_bytes(again)
        back = parquet_table(parquet_bytes(table))
        assert back.schema.equals(table.schema, check_metadata=True)
        assert back.equals(table)


def test_tables_with_other_dictionaries_are_joined_by_name():
    other = flow(**{"from": Named(np.array([0, 0]), ("Beta",))})
    names, codes = names_and_codes(joined([flow(), other])["from"])
    assert [names[code] for code in codes] == ["Alpha", "Beta", "Beta", "Beta"]


@pytest.mark.parametrize(
    "changes",
    [
        {"surplus": [1, 2]},
        {"moves": [1, 2, 3]},
        {"moves": [1, 2**40]},
        {"from": Named(np.array([0, 2]), ("Alpha", "Beta"))},
        {"from": Named(np.array([0, -1]), ("Alpha", "Beta"))},
    ],
)
def test_what_does_not_fit_is_refused(changes):
    with pytest.raises((ValueError, OverflowError, pa.ArrowException)):
        flow(**changes)


def test_only_a_name_that_may_be_empty_can_be():
    names = Named(np.array([1, -1]), ("Alpha", "Beta"))
    assert table_of([Column("reason", "name", "", "", True)], {"reason": names})["reason"].to_pylist() == ["Beta", None]
    with pytest.raises((ValueError, IndexError), match="-1"):
        table_of([Column("lab", "name", "", "")], {"lab": names})

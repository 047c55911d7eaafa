"""Made-up tables as the runs that a comparison takes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from talentmarket.runs.folder.manifest import Manifest
from talentmarket.runs.measures.everything import measure
from talentmarket.runs.runs import Runs
from talentmarket.runs.tables.arrow import schema_of
from talentmarket.runs.tables.columns import MEASURES, TABLES
from talentmarket.scenario.schema import Scenario


def _arrow(name: str, table: pd.DataFrame) -> pa.Table:
    schema = schema_of(TABLES[name])
    columns = []
    for field in schema:
        if field.name not in table:
            columns.append(pa.nulls(len(table), field.type))
        elif pa.types.is_dictionary(field.type):
            columns.append(pa.array(table[field.name].astype(str), pa.string()).dictionary_encode().cast(field.type))
        else:
            columns.append(pa.array(np.asarray(table[field.name]), field.type, safe=False))
    return pa.Table.from_arrays(columns, schema=schema)


def made_up_runs(scenario: Scenario, tables: dict[str, pd.DataFrame]) -> Runs:
    """Runs that hold these tables and their measures."""
    known = {
        name: _arrow(name, tables[name].sort_values("replicate", kind="stable")) for name in TABLES if name in tables
    }
    known["measures"] = measure(scenario, known).cast(schema_of(MEASURES))
    count = len(tables["replicates"])
    manifest = Manifest(
        title=scenario.title,
        scenario_sha256="",
        seed=scenario.run.seed,
        replicates=count,
        months=scenario.run.months,
        versions={},
        git={},
        started="",
        finished="",
        command=(),
        overrides=(),
        failures=(),
        plots_error="",
        files=(),
    )
    return Runs(scenario, manifest, known.__getitem__)

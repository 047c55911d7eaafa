"""Facts as they are printed."""

import json

import pytest

from talentmarket.commands.lookup.facts import facts as print_facts
from talentmarket.errors import InputError
from talentmarket.scenario.evidence.seeds import facts


@pytest.fixture(params=[80, 140])
def printed(request, monkeypatch, capsys):
    """Prints at a width of 80 and of 140 columns and returns the lines without the blanks at their ends."""
    monkeypatch.setenv("COLUMNS", str(request.param))

    def _printed(*arguments):
        print_facts(*arguments)
        lines = capsys.readouterr().out.splitlines()
        assert max(map(len, lines)) <= request.param
        return [line.rstrip() for line in lines]

    return _printed


def test_the_table_has_every_id_and_every_path_unbroken(printed):
    output = "\n".join(printed())
    for one in facts().values():
        assert one.id in output
        assert all(path in output for path in one.sets)
    assert "…" not in output


def test_one_fact_is_printed_with_all_that_is_known(printed):
    output = " ".join(" ".join(printed("max_package")).split())
    one = facts()["max_package"]
    for content in (one.says, "at most 300 M$", one.claimed_by, "paragraph 17", "medium", one.caveat, *one.sets):
        assert content in output
    assert "campaigns.*.tiers.*.total (article)" in output


def test_rows_of_a_table_are_printed(printed):
    output = "\n".join(printed("aiwatch_survival_openai"))
    assert all(f"years {years}, value {share}" in output for years, share in ((1, 0.861), (2, 0.759), (4, 0.502)))


def test_brackets_are_not_taken_for_styles(printed):
    assert "0.05 to 0.17 share" in "\n".join(printed("raid_yield_interval"))


def test_json_holds_everything(capsys):
    print_facts(as_json=True)
    everything = json.loads(capsys.readouterr().out)["results"]
    assert [one["id"] for one in everything] == list(facts())
    print_facts("max_package", as_json=True)
    (one,) = json.loads(capsys.readouterr().out)["results"]
    assert one in everything
    assert (one["value"], one["unit"], one["relation"]) == (300, "M$", "at most")


@pytest.mark.parametrize("as_json", [True, False])
def test_an_unknown_id_names_the_nearest(as_json):
    with pytest.raises(InputError, match="did you mean 'headcount_openai'"):
        print_facts("headcount_opena", as_json)

"""Files of seeds/ are read strictly."""

import subprocess
import sys

import pytest

from talentmarket.errors import InputError
from talentmarket.scenario.evidence.seeds import fact, facts, read_facts, read_parameters

GOOD = """
[facts.size]
says = "How large it is."
value = 3
unit = "M$"
relation = "equal"
claimed_by = "Someone"
where = "paragraph 1"
confidence = "low"
caveat = "Made up."
"""
CLAIM = GOOD.replace("value = 3\n", "").replace('"equal"', '"claim"').replace("facts.size", "facts.view")


@pytest.fixture
def write(tmp_path):
    """Writes article.toml and published.toml and returns their folder."""

    def _write(article, published=CLAIM):
        (tmp_path / "article.toml").write_text(article, encoding="utf-8")
        (tmp_path / "published.toml").write_text(published, encoding="utf-8")
        return tmp_path

    return _write


def test_facts_of_both_files_are_read(write):
    read = read_facts(write(GOOD))
    assert [(one.id, one.collection) for one in read.values()] == [("size", "article"), ("view", "published")]
    assert read["size"].number == 3
    with pytest.raises(TypeError, match="view is not one number"):
        _ = read["view"].number


def test_an_id_in_both_files_is_an_error(write):
    with pytest.raises(InputError, match=r"'size' stands in article\.toml and again in published\.toml"):
        read_facts(write(GOOD, GOOD))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("value = 3", 'value = "3"\ncolour = 1', r"article\.toml: facts\.size\.colour: Extra inputs"),
        ("value = 3", "value = nan", "finite number"),
        ("value = 3\n", "", "a claim has no value"),
        ('relation = "equal"', 'relation = "roughly"', "'equal', 'at least', 'at most', 'about', 'between' or 'claim'"),
        ('relation = "equal"', 'relation = "about"', "`tolerance` must be above 0"),
        ("value = 3", "value = 3\ntolerance = 1", "`tolerance` must be above 0"),
        ('relation = "equal"', 'relation = "between"', r"a value of \[low, high\]"),
        ("value = 3", "value = [1, 2]", r"a value of \[low, high\]"),
        ('value = 3\nunit = "M$"\nrelation = "equal"', 'value = [2, 1]\nrelation = "between"', "must rise"),
        ("value = 3", "value = [{ years = 1 }]", "each row of a table needs a `value`"),
        ('confidence = "low"', 'confidence = "none"', "'high', 'medium' or 'low'"),
        ('caveat = "Made up."', "", r"facts\.size\.caveat: Field required"),
        ("[facts.size]", "[fact.size]", r"expected tables \[facts\.NAME\] and nothing else, found fact"),
        ("[facts.size]", "[facts.size", r"article\.toml: "),
    ],
)
def test_what_is_wrong_in_a_fact_is_said(write, old, new, message):
    assert old in GOOD
    with pytest.raises(InputError, match=message):
        read_facts(write(GOOD.replace(old, new)))


def test_a_parameter_cannot_rest_on_an_unknown_fact(tmp_path):
    entry = '[parameters."run.seed"]\nbasis = "design"\nfacts = ["sise"]\nnote = "Any."\n'
    (tmp_path / "parameters.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(InputError, match=r"run\.seed rests on an unknown fact 'sise'; did you mean 'size'\?"):
        read_parameters(tmp_path, ["size"])
    assert read_parameters(tmp_path, ["sise"])["run.seed"].facts == ("sise",)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"article\.toml"):
        read_facts(tmp_path)


def test_facts_are_read_once_and_cannot_be_changed():
    assert facts() is facts()
    with pytest.raises(TypeError):
        facts()["size"] = 1
    with pytest.raises(InputError, match=r"no fact 'max_packag'; did you mean 'max_package'\?"):
        fact("max_packag")


def test_importing_evidence_imports_nothing_heavy():
    code = (
        "import sys, talentmarket.scenario.evidence.disagreements;"
        "print(*{'mesa', 'pandas', 'matplotlib', 'numba', 'numpy', 'rich'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []

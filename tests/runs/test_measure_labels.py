"""What measures are called where people read: of measures that there are, no two alike, and found by what is shown."""

from talentmarket.runs.measures.everything import MEASURES, measures_about
from talentmarket.runs.measures.labels import LABELS, label_of


def test_labels_are_of_measures_and_no_two_are_alike():
    names = [measure.name for measure in MEASURES]
    assert set(LABELS) <= set(names)
    labels = [label_of(name) for name in names]
    assert len(set(labels)) == len(labels)
    assert not any("_" in label for label in labels)
    assert all(label != name.replace("_", " ") for name, label in LABELS.items())


def test_a_measure_is_found_by_what_is_shown_of_it():
    for name, label in LABELS.items():
        assert name in [measure.name for measure in measures_about(label)]

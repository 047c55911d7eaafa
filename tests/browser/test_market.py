"""What a visitor does on the Market tab, and what the page then shows."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from served import MONTHS, PATIENCE, Visit

import talentmarket as tm
from talentmarket.scenario.reading.loading import load

FUNNEL = ("approached", "engaged", "offers", "accepted", "started", "returned")


@pytest.fixture(scope="session")
def tables(scenario, tmp_path_factory):
    """The tables that `talentmarket run` leaves for the same scenario and seed."""
    out = tmp_path_factory.mktemp("outputs")
    code = "from talentmarket.cli import main; main()"
    options = ["--replicates", "1", "--no-plots", "--quiet", "--out", str(out), "--name", "same"]
    subprocess.run([sys.executable, "-c", code, "run", str(scenario), *options], check=True, timeout=PATIENCE)
    runs = tm.read(out / "same")
    return {"months": runs.months, "flows": runs.flows}


def test_the_page_shows_the_scenario_and_its_texts_as_text(visit: Visit, scenario) -> None:
    loaded = load(scenario)
    assert visit.page.title() == f"{loaded.title} · talentmarket"
    assert visit.page.locator("h1").inner_text() == loaded.question
    assert visit.page.locator(".tm-picker option").first.inner_text() == loaded.title
    visit.run_to_end()
    assert "A <u>model</u> ships" in visit.page.locator(".tm-feed").inner_text()
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator("h1 i, summary b, .tm-feed u, .chart u").count() == 0


def test_the_numbers_are_those_of_a_run(visit: Visit, tables) -> None:
    months = tables["months"]
    visit.run_to_end()
    last = months[months["month"] == MONTHS].set_index("lab")["headcount"]
    assert visit.headcounts() == last.to_dict()
    for name in FUNNEL:
        assert visit.number(name) == months[name].sum(), name
    assert visit.number("started") > 0
    assert visit.number("spend_packages") == pytest.approx(months["spend_packages"].sum(), rel=1e-12)
    flows = tables["flows"]
    inside = (flows["from"] != "outside") & (flows["to"] != "outside")
    assert visit.number("between") == flows.loc[inside, "moves"].sum()
    assert visit.number("left") == flows.loc[flows["to"] == "outside", "moves"].sum()


def test_step_play_pause_and_reset(visit: Visit) -> None:
    before = visit.headcounts()
    visit.press("Step")
    visit.wait_for_month(1)
    visit.press("Step")
    visit.wait_for_month(2)
    assert visit.headcounts() != before
    visit.page.get_by_label("Months a second").select_option("8")
    visit.press("Play")
    visit.page.wait_for_function("Number(document.querySelector('[data-name=month]').textContent) >= 5")
    stopped = visit.pause()
    visit.page.wait_for_timeout(400)
    assert visit.month() == stopped
    visit.page.locator(".tm-seed input").fill("7")
    visit.page.locator(".tm-seed input").press("Enter")
    visit.wait_for_month(stopped, "seed=7")
    visit.press("Reset")
    visit.wait_for_month(0)
    visit.page.wait_for_function("document.querySelector('.tm-seed input').value == '2025'")
    assert visit.headcounts() == before


def test_another_seed_is_another_run_and_the_same_seed_the_same(visit: Visit) -> None:
    visit.run_to_end()
    first = visit.headcounts()
    seed = visit.page.locator(".tm-seed input")
    seed.fill("99")
    seed.press("Enter")
    visit.wait_for_month(MONTHS, "seed=99")
    assert visit.headcounts() != first
    seed.fill("2025")
    seed.press("Enter")
    visit.wait_for_month(MONTHS, "seed=2025")
    assert visit.headcounts() == first


def test_a_seed_can_be_typed_while_the_bar_is_drawn_anew(visit: Visit) -> None:
    seed = visit.page.locator(".tm-seed input")
    visit.press("Play")
    seed.click()
    visit.page.keyboard.press("Control+A")
    seed.press_sequentially("4711", delay=300)  # a month each quarter of a second
    assert seed.input_value() == "4711"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function("location.search.includes('seed=4711')")
    assert seed.input_value() == "4711"


def test_the_stage_and_the_feed_tell_who_was_asked_and_who_came(visit: Visit) -> None:
    stage = visit.page.locator(".tm-raid")
    assert "Nobody has been asked yet" in stage.inner_text()
    visit.run_to_end()
    fates = dict(
        re.findall(
            r"(no answer|no offer|refused|came and did not go back|came|went back) (\d+)",
            stage.locator(".fates").inner_text(),
        )
    )
    came = int(visit.number("started"))
    assert sum(map(int, fates.values())) <= visit.number("approached") == stage.locator(".queue button").count()
    assert int(fates.get("came and did not go back", fates.get("came", 0))) + int(fates.get("went back", 0)) == came
    assert visit.page.locator(".tm-feed li.campaign").count() > 0
    assert visit.page.locator("[data-raided=Meta]").text_content() == f"+{came} raided"
    assert visit.page.locator("[data-raided=OpenAI]").text_content() == f"−{came} raided"
    answer = visit.page.locator("[data-name=answer]").inner_text()
    assert f"Meta has asked {visit.number('approached'):.0f}, {came} came" in answer
    assert stage.locator(".scales .hang").count() == 2


def test_list_researchers_and_charts_are_a_stop_of_the_keyboard_each(visit: Visit) -> None:
    visit.run_to_end()
    first = visit.page.locator(".queue button").first
    assert visit.page.locator(".queue button[tabindex='0']").count() == 1
    first.focus()
    visit.page.keyboard.press("ArrowRight")
    label = visit.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label == visit.page.locator(".queue button").nth(1).get_attribute("aria-label")
    visit.page.keyboard.press("Enter")
    number = re.search(r"No\. (\d+)", label)[1]
    visit.page.get_by_role("dialog", name=f"Researcher {number}", exact=True).wait_for()
    assert (
        "The raid’s offer" in visit.page.locator(".tm-person").inner_text()
        or "no answer" in label
        or "no offer" in label
    )
    visit.page.keyboard.press("Escape")
    visit.page.locator(".tm-person").wait_for(state="detached")  # one that comes later would take the focus
    visit.page.locator(".board svg").focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".tm-person").wait_for()
    visit.page.keyboard.press("Escape")
    visit.page.locator(".tm-person").wait_for(state="detached")
    visit.page.wait_for_function("document.activeElement === document.querySelector('.board svg')")
    visit.page.locator("[data-chart=lost]").focus()
    values = visit.page.locator("[data-chart=lost] .values")
    assert values.locator("> b").inner_text() == f"month {MONTHS}"
    visit.page.keyboard.press("ArrowLeft")
    assert values.locator("> b").inner_text() == f"month {MONTHS - 1}"
    assert "OpenAI" in values.inner_text()


def test_a_pointer_at_rest_takes_no_chart_from_the_keyboard(visit: Visit) -> None:
    visit.run_to_end()
    page = visit.page
    page.locator("[data-chart=talent]").hover(position={"x": 90, "y": 90})
    page.locator("[data-chart=talent] .values").wait_for()
    page.locator("[data-chart=lost]").focus()
    page.evaluate("""
        document.querySelector('[data-chart=talent]').addEventListener(
            'mouseleave', () => requestAnimationFrame(() => { window.left = true; }));
        window.scrollBy(0, -300);
    """)
    page.wait_for_function("window.left")
    assert page.locator("[data-chart=lost] .values > b").inner_text() == f"month {MONTHS}"
    page.locator("[data-chart=talent]").hover(position={"x": 120, "y": 100})
    page.locator("[data-chart=talent]").hover(
        position={"x": 140, "y": 110}
    )  # wherever the page has gone, this moves it
    page.locator("[data-chart=talent] .values").wait_for()


def test_from_the_start_to_a_life_are_two_stops_of_the_keyboard(visit: Visit) -> None:
    keyboard = visit.page.keyboard
    keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.innerText") == "Skip to the picture"
    keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement === document.querySelector('.board svg')")
    keyboard.press("ArrowRight")
    keyboard.press("Enter")
    visit.page.locator(".tm-person").wait_for()
    keyboard.press("Escape")
    visit.page.locator(".tm-person").wait_for(state="detached")
    assert visit.page.evaluate("document.activeElement === document.querySelector('.board svg')")


def test_who_has_no_part_in_the_raid_stands_back_until_all_moves_are_asked_for(visit: Visit) -> None:
    visit.run_to_end()
    page = visit.page
    stands_back = "[...document.querySelectorAll('.label.off .lab title')].map(e => e.textContent)"
    labs = set(visit.headcounts())
    assert set(page.evaluate(stands_back)) == labs - {"Meta", "OpenAI"}
    assert page.locator(".ribbon").count() == 0
    assert 0 < page.locator(".dot.off").count() < page.locator(".dot").count()
    assert page.locator(".dot.f-came.off").count() < page.locator(".dot.f-came").count()
    visit.press("All moves")
    page.locator(".ribbon").first.wait_for(state="attached")
    assert page.evaluate(stands_back) == []
    assert page.locator(".dot.off").count() == 0
    visit.press("The raid alone")
    page.locator(".ribbon").first.wait_for(state="detached")


def test_a_run_is_told_to_be_one_of_many_until_the_others_are_run(visit: Visit) -> None:
    told = visit.page.locator(".tm-ensemble")
    assert told.inner_text().startswith("This is one simulated run")
    visit.press("How do 100 others end?")
    visit.page.locator("[data-name=seeds]").wait_for()
    sentence = told.inner_text()
    assert sentence.startswith("Over 100 seeds with these parameters, by the last month, ")
    mean, interval = re.search(
        r"month, ([\d.]+) come on average \(95\s% interval ([\d.]+ to [\d.]+)\)", sentence
    ).groups()
    strip = visit.page.locator("[data-row=started] .hint").inner_text()
    assert strip.startswith(f"{mean} on average ({interval}) over 100 seeds.")  # as in the panel of many seeds
    visit.page.get_by_label("Seed of all chance").fill("9")
    visit.page.keyboard.press("Tab")
    visit.button("How do 100 others end?").wait_for()
    visit.press("Run to end")  # then nobody needs to ask
    visit.page.locator("[data-name=seeds]").wait_for()
    assert told.inner_text().startswith("Over 100 seeds with these parameters, by the last month, ")


def test_the_picker_shows_another_scenario(visit: Visit) -> None:
    visit.page.get_by_label("Scenario").select_option("baseline")
    visit.wait_for_month(0, "baseline")
    assert visit.page.locator("h1").inner_text() == load("baseline").question
    assert visit.headcounts()["OpenAI"] == 3350
    assert visit.page.locator(".tm-raid, .tm-target-list, [data-raided]").count() == 0
    assert "have moved between labs" in visit.page.locator("[data-name=answer]").inner_text()
    assert visit.page.locator("dd[data-name=started]").count() == 0


def test_a_slider_changes_the_outcome_and_is_marked(visit: Visit, scenario) -> None:
    visit.run_to_end()
    came = visit.number("started")
    slider = visit.page.locator("[data-path='choice.switching_cost']")
    slider.locator("input").fill("1.5")
    visit.wait_for_month(MONTHS, "switching_cost")
    assert visit.number("started") < came
    assert f"was {load(scenario).choice.switching_cost:g}" in slider.inner_text()
    slider.get_by_role("button").click()
    visit.page.wait_for_selector("[data-path='choice.switching_cost']:not(.changed)")
    visit.page.wait_for_selector(f".tm-figures[data-month='{MONTHS}']:not([data-run*='switching_cost'])")
    assert visit.number("started") == came


def test_two_visitors_have_a_market_each(visit: Visit, served, chromium) -> None:
    other = Visit(served, chromium)
    visit.run_to_end()
    other.press("Step")
    other.wait_for_month(1)
    assert (visit.month(), other.month()) == (MONTHS, 1)
    other.close()
    assert other.complaints == []


def test_nothing_jumps_while_playing(visit: Visit) -> None:
    measure = "[...document.querySelectorAll('.tm-card:not(.tm-seeds)')].map(e => {const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height].join()})"
    visit.press("Step")
    visit.wait_for_month(1)
    before = visit.page.evaluate(measure)
    visit.run_to_end()
    assert visit.page.evaluate(measure) == before

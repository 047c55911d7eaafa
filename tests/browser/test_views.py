"""The researcher's life, two scenarios side by side, the address, and what can be taken away."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest
from served import MONTHS, Visit

from talentmarket.scenario.reading.loading import load


def test_a_researcher_is_shown_from_the_list_and_from_a_dot(visit: Visit) -> None:
    visit.run_to_end()
    visit.page.locator(".tm-target-list tr", has_text="came").locator("button").first.click()
    person = visit.page.locator(".tm-person")
    person.wait_for()
    text = person.inner_text()
    assert text.index("The raid’s offer") < text.index("loyalty")
    assert "took a raid's offer" in text
    assert "came, for" in text
    assert person.locator(".choice svg").count() >= 1
    visit.page.keyboard.press("Escape")
    person.wait_for(state="detached")
    assert visit.page.evaluate("document.activeElement.className") == "who"  # the focus is where it was
    dot = visit.page.locator(".dot").first
    number = dot.get_attribute("data-who")
    dot.dispatch_event("click")
    visit.page.get_by_role("dialog", name=f"Researcher {number}", exact=True).wait_for()
    visit.press("Close")


def test_compare_steps_both_and_shows_the_difference(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="Compare").click()
    visit.page.wait_for_selector(".tm-sides")
    visit.page.get_by_label("Scenario B").select_option("file")
    visit.page.wait_for_selector(".tm-sides .hint")
    assert "A and B are the same" in visit.page.locator(".tm-sides").inner_text()
    visit.run_to_end()
    assert visit.page.locator(".tm-stage").count() == 2
    assert set(visit.page.locator("[data-row] td:last-child").all_inner_texts()) == {"0"}
    assert visit.page.locator("[data-name=twins]").inner_text().startswith("0 of")
    visit.page.get_by_role("tab", name="Market").click()
    visit.page.locator("[data-path='population.loyalty_mean'] input").fill("0.05")
    visit.wait_for_month(MONTHS, "loyalty_mean")
    visit.page.get_by_role("tab", name="Compare").click()
    visit.page.wait_for_selector(".tm-twins tbody tr")
    assert visit.page.locator("[data-row=started] td:last-child").inner_text() != "0"
    assert visit.page.locator(".dot.twin").count() > 0
    visit.page.get_by_label("Lab whose series are shown").select_option("Meta")
    visit.page.wait_for_selector("[data-chart=talent] >> text=Meta: Talent")


def test_twins_tell_both_their_lives(visit: Visit) -> None:
    set_slider(visit, "population.loyalty_mean", "0.05")
    visit.run_to_end()
    visit.page.get_by_role("tab", name="Market").focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.wait_for_selector(".tm-sides")
    assert visit.page.evaluate("document.activeElement.textContent") == "Compare"
    row = visit.page.locator(".tm-twins tbody tr").first
    labs = [cell.split(" since ")[0] for cell in row.locator("td").all_inner_texts()[2:]]
    row.locator("button").click()
    person = visit.page.locator(".tm-person")
    for tag, lab in zip("AB", labs, strict=True):
        person.get_by_role("button", name=f"in {tag}: {lab}").click()
        assert f"At {lab} " in person.inner_text()


def test_the_address_keeps_the_month_while_it_plays(visit: Visit) -> None:
    visit.page.get_by_label("Months a second").select_option("1")
    visit.press("Play")
    visit.page.wait_for_function("/month=[1-9]/.test(location.search)")
    month = visit.pause()
    visit.page.wait_for_function(f"new URLSearchParams(location.search).get('month') === '{month}'")


def test_a_step_to_the_last_month_runs_the_seeds_too(served, chromium) -> None:
    one = Visit(served, chromium, f"?month={MONTHS - 1}")
    one.wait_for_month(MONTHS - 1)
    one.press("Step")
    one.page.locator("[data-name=seeds]").wait_for()
    one.close()
    assert one.complaints == []


def test_a_strange_path_leads_to_the_page(visit: Visit) -> None:
    visit.go_to("/nowhere")
    visit.page.wait_for_selector(".tm-clock")
    assert visit.page.url.startswith(f"{visit.served.address}/?")


def test_a_wrong_seed_is_said_in_words(visit: Visit) -> None:
    field = visit.page.get_by_label("Seed of all chance")
    before = field.input_value()
    field.fill("-1")
    field.press("Enter")
    visit.page.get_by_role("alert").get_by_text("The seed stays").wait_for()
    assert field.input_value() == before


def set_slider(visit: Visit, path: str, value: str) -> None:
    visit.page.get_by_role("tab", name="Market").click()
    visit.page.locator(f"[data-path='{path}'] input").fill(value)
    visit.page.wait_for_selector(f"[data-path='{path}'].changed")


def wait_for_b(visit: Visit, key: str) -> None:
    visit.page.wait_for_function(f"document.querySelector('.tm-sides select').value === '{key}'")


def test_any_run_can_be_kept_as_b_and_survives_a_reload(visit: Visit) -> None:
    sides = visit.page.locator(".tm-sides")
    title = visit.page.locator(".tm-picker option").first.inner_text()
    set_slider(visit, "population.loyalty_mean", "0.3")
    visit.page.get_by_role("tab", name="Compare").click()
    visit.run_to_end()
    started = visit.page.locator("[data-row=started] td").nth(1)
    in_b = visit.page.locator("[data-row=started] td").nth(2)
    first = started.inner_text()
    visit.press("Keep this run as B")
    visit.page.wait_for_selector(".tm-sides .hint >> text=A and B are the same")
    assert visit.button("Keep this run as B").is_disabled()
    set_slider(visit, "choice.switching_cost", "1.5")
    visit.page.get_by_role("tab", name="Compare").click()
    visit.wait_for_month(MONTHS, "switching_cost")
    assert visit.page.locator(".tm-sides .named").inner_text() == f"{title}, 2 changed"
    assert sides.locator("select option:checked").first.inner_text() == f"{title}, 1 changed"
    assert "Loyalty, mean: 30\xa0% instead of 60\xa0%" in visit.page.locator("[data-name=b_changes]").inner_text()
    assert in_b.inner_text() == first != started.inner_text()
    query = "withset=population.loyalty_mean%3D0.3"
    visit.page.wait_for_function(f"location.search.includes('{query}') && location.search.includes('month={MONTHS}')")
    visit.reload()
    visit.wait_for_month(MONTHS, "switching_cost")
    assert in_b.inner_text() == first
    assert sides.locator("select option:checked").first.inner_text() == f"{title}, 1 changed"
    visit.press("A as loaded")
    visit.page.wait_for_selector("[data-name=b_changes] >> text=As loaded")
    wait_for_b(visit, "file")
    visit.press("Keep this run as B")
    wait_for_b(visit, "")
    visit.page.wait_for_function("location.search.includes('withset')")
    visit.page.get_by_label("Scenario B").select_option("baseline")
    visit.page.wait_for_selector("[data-name=b_changes] >> text=As loaded")
    wait_for_b(visit, "baseline")
    visit.page.wait_for_function("!location.search.includes('withset')")


def test_the_address_brings_the_same_view_back(visit: Visit, served, chromium) -> None:
    visit.page.locator("[data-path='population.loyalty_mean'] input").fill("0.3")
    visit.page.wait_for_selector(".tm-changed")
    visit.press("Step")
    visit.wait_for_month(1)
    visit.run_to_end()
    visit.page.wait_for_function(f"location.search.includes('month={MONTHS}')")
    query = visit.page.evaluate("location.search")
    again = Visit(served, chromium, query)
    again.wait_for_month(MONTHS)
    assert again.headcounts() == visit.headcounts()
    again.page.locator("[data-name=seeds]").wait_for()  # at its last month, as if it had been run to there
    assert again.page.locator(".slider.changed").get_attribute("data-path") == "population.loyalty_mean"
    again.close()
    assert again.complaints == []


def test_a_wrong_address_is_said_in_words(served, chromium) -> None:
    lost = Visit(served, chromium, "?scenario=%3Cb%3Enothing&seed=x")
    message = lost.page.get_by_role("alert").inner_text()
    assert "there is no scenario '<b>nothing'" in message
    assert "seed=x is not a whole number" in message
    lost.press("Step")
    lost.wait_for_month(1)
    lost.close()
    assert lost.complaints == []


def test_downloads_hold_what_the_page_shows(visit: Visit, tmp_path) -> None:
    visit.page.locator("[data-path='choice.switching_cost'] input").fill("0.3")
    visit.page.wait_for_selector(".tm-changed")
    visit.run_to_end()
    files = {}
    for name in ("Save as scenario", "CSV tables", "Animation"):
        with visit.page.expect_download() as download:
            visit.page.locator(".tm-downloads button", has_text=name).click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        files[name] = file
        visit.page.wait_for_selector(".tm-downloads button:not(:disabled)")
    assert load(files["Save as scenario"]).choice.switching_cost == 0.3
    with zipfile.ZipFile(files["CSV tables"]) as archive:
        months = pd.read_csv(io.BytesIO(archive.read("months.csv")))
    assert months["started"].sum() == visit.number("started")
    assert months[months["month"] == MONTHS].set_index("lab")["headcount"].to_dict() == visit.headcounts()
    assert files["Animation"].read_bytes()[:6] == b"GIF89a"


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1280, True), (390, True), (320, False)])
def test_every_width_and_theme_is_whole_and_readable(served, chromium, width: int, dark: bool) -> None:
    one = Visit(served, chromium, "?month=5", dark=dark)
    one.page.set_viewport_size({"width": width, "height": 844})
    one.wait_for_month(5)
    assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert one.page.locator("#app.theme--dark, .v-application.theme--dark").count() == (1 if dark else 0)
    tall = one.page.evaluate("document.documentElement.scrollHeight")
    assert width != 390 or tall < 3000
    if width == 1280:  # the raid's numbers and its list are seen without scrolling
        assert all(
            one.page.locator(each).bounding_box()["y"] < 600
            for each in (".tm-counters", ".queue", ".scene, .tm-raid .empty")
        )
    unnamed = one.page.evaluate(
        "[...document.querySelectorAll('.tm button, .tm input, .tm select')].filter(e => !(e.innerText || "
        "e.getAttribute('aria-label') || (e.labels && e.labels.length))).map(e => e.outerHTML)"
    )
    assert unnamed == []
    clipped = one.page.evaluate(
        "[...document.querySelectorAll('.tm-buttons button')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    )
    assert clipped == 0
    one.close()
    assert one.complaints == []


def test_it_can_be_used_with_the_keyboard_alone(visit: Visit) -> None:
    visit.button("Step").focus()
    visit.page.keyboard.press("Enter")
    visit.wait_for_month(1)
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.innerText") == "Play"
    slider = visit.page.locator("[data-path='population.loyalty_mean'] input")
    slider.focus()
    visit.page.keyboard.press("ArrowLeft")
    visit.page.wait_for_selector("[data-path='population.loyalty_mean'].changed")
    assert slider.get_attribute("aria-valuetext").startswith("59")

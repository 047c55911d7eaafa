"""Whatever a visitor presses, in whatever order and however fast, the page stays alive."""

from __future__ import annotations

import random

from served import Visit

CLICKS = 60
LAST_SEED = 77_031
CHOICES = ("Reset", "Rewind", "Step", "Play", "Pause", "Cancel", "Run to end")


def press_something(visit: Visit, chance: random.Random) -> None:
    """One random action, without waiting for what it does."""
    page = visit.page
    what = chance.randrange(9)
    if what < 4:
        name = chance.choice(CHOICES)
        page.evaluate(
            f"[...document.querySelectorAll('.tm-buttons button')].filter(e => e.innerText == {name!r}).forEach(e => e.click())"
        )
    elif what == 4:
        page.evaluate(f"document.querySelectorAll('[role=tab]')[{chance.randrange(3)}].click()")
    elif what == 5:
        place, share = chance.random(), chance.random()
        page.evaluate(
            f"(() => {{const all = document.querySelectorAll('.slider input'); if (!all.length) return; const e = all[Math.floor({place} * all.length)];"
            f"e.value = Number(e.min) + {share} * (e.max - e.min); e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change'))}})()"
        )
    elif what == 6:
        name = chance.choice(("baseline", "file", "file"))
        page.evaluate(
            f"(() => {{const e = document.querySelector('.tm-picker select'); if (!e) return; e.value = {name!r}; e.dispatchEvent(new Event('change'))}})()"
        )
    elif what == 7:
        place = chance.randrange(2)
        page.evaluate(
            f"(() => {{const e = document.querySelectorAll('.tm-sides button'); if (e.length) e[{place}].click()}})()"
        )
    else:
        page.evaluate("(() => {const e = document.querySelectorAll('.who'); if (e.length) e[0].click()})()")


def settle(visit: Visit) -> None:
    """Wait until all that was pressed has been done and drawn, as the seed that is asked for last is shown."""
    page = visit.page
    page.evaluate("document.querySelector('[role=tab]').click()")
    page.wait_for_selector(".tm-seed input")
    page.evaluate(
        "(() => {const e = document.querySelector('.tm-seed input');"
        f"e.value = '{LAST_SEED}'; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change'))}})()"
    )
    page.wait_for_selector(f".tm-figures[data-run*='seed={LAST_SEED}']")


def still_lives(visit: Visit) -> bool:
    """Whether Reset and Step still do what they say."""
    settle(visit)
    visit.press("Reset")
    visit.page.wait_for_selector(".tm-figures[data-month='0']:not([data-run*='seed='])")
    visit.press("Step")
    visit.wait_for_month(1)
    return True


def test_the_page_outlives_random_clicks(visit: Visit) -> None:
    chance = random.Random(1)
    for _ in range(CLICKS):
        press_something(visit, chance)
        visit.page.wait_for_timeout(chance.choice((0, 0, 1, 30)))
    assert still_lives(visit)

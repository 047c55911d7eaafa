"""How numbers read, everywhere: in tables, pictures, reports and on the page.

- In a table a number with a spread shows two digits of the spread, and its interval the same decimals: 17.32 (16.98 to 17.66);
  in a sentence, a title and a picture only the digits that its interval can tell: 17.3.
- A number alone shows three digits, or all in front of the point; a whole number is whole: 1,234, 79.1, 0.095, 3.
- A share is a whole percentage; below one per cent it shows its first digit: 12 %, 0.4 %.
- Money is in millions of dollars: 79.1 M$; in a sentence a thousand of them are a billion: 4.56 bn$. A no-break space
  holds a number and its unit together.
- Thousands are parted by commas; the minus is a minus sign; zero, also by rounding, has no sign; what is not known is a dash.

>>> fixed(-1234.5678, decimals(-1234.5678, spread=0.17))
'−1,234.57'
>>> [number(value) for value in (1234.4, 79.123, 0.095, 3.0)]
['1,234', '79.1', '0.095', '3']
>>> signed(number(2.5)), signed(number(0.0)), signed(number(-30))
('+2.5', '0', '−30')
"""

from __future__ import annotations

import math

MINUS = "−"
NO_BREAK = "\u00a0"
UNKNOWN = "–"
MOST_DECIMALS = 4
ROUNDING = 1e-9  # relative; below this a difference is the computer's, not the model's


def decimals(value: float, spread: float = 0.0, most: int = MOST_DECIMALS) -> int:
    """Decimals with which a value is shown: two digits of its spread, or four digits of itself without one."""
    if spread > ROUNDING * abs(value):
        digits = 1 - math.floor(math.log10(spread))
    elif value != 0.0 and value != round(value):
        digits = 3 - math.floor(math.log10(abs(value)))
    else:
        digits = 0
    return min(max(digits, 0), most)


def fixed(value: float, places: int) -> str:
    """A number with so many decimals."""
    if not math.isfinite(value):
        return UNKNOWN
    # Adding 0.0 turns a negative zero into zero.
    return f"{round(value, places) + 0.0:,.{places}f}".replace("-", MINUS)


def mean_and_interval(mean: float, low: float, high: float) -> tuple[str, str]:
    """A mean and its interval as text, both with the same decimals; not a number is not known."""
    places = decimals(mean, (high - low) / 2.0) if math.isfinite(mean) else 0
    return fixed(mean, places), UNKNOWN if math.isnan(mean + low) else f"{fixed(low, places)} to {fixed(high, places)}"


def number(value: float, digits: int = 3) -> str:
    """A number alone."""
    if not math.isfinite(value) or abs(value) >= 10.0 ** (digits - 1) - 0.5 or value == round(value):
        return fixed(value, 0)
    return f"{value:.{digits}g}".replace("-", MINUS)


def told_decimals(half: float) -> int:
    """Decimals to which an interval of this half-width is worth reading; negative for tens and hundreds.

    >>> [told_decimals(half) for half in (0.2, 0.34, 143.0)]
    [2, 1, -1]
    """
    return -math.floor(math.log10(half / 2.5))


def with_spread(value: float, half: float) -> str:
    r"""A mean with the digits that its interval can tell, at least its first; as a number alone where no interval is known.

    >>> with_spread(9.4472, 1.4), with_spread(0.849, 0.849), with_spread(0.5, 6.0), with_spread(9.4472, 0.0)
    ('9.4', '0.8', '0.5', '9.45')
    """
    if not half > ROUNDING * abs(value):
        return number(value)
    first = -math.floor(math.log10(abs(value))) if value != 0.0 else 0
    return fixed(value, min(max(told_decimals(half), first, 0), MOST_DECIMALS))


def signed(text: str) -> str:
    """A number's text with its sign, also in front of a gain."""
    return f"+{text}" if any(digit in text for digit in "123456789") and not text.startswith(MINUS) else text


def factor_of_unit(unit: str) -> float:
    """By what a value is multiplied where it is shown: shares are read in per cent."""
    return 100.0 if unit == "share" else 1.0


def percent(share: float, places: int | None = None) -> str:
    """A share as a percentage, with so many decimals if that is given."""
    if places is None and 0.0 < abs(share) < 0.0095:
        return f"{100.0 * share:.1g}{NO_BREAK}%".replace("-", MINUS)
    text = fixed(100.0 * share, places or 0)
    return text if text == UNKNOWN else f"{text}{NO_BREAK}%"


def money(millions: float) -> str:
    """An amount in millions of dollars."""
    text = number(millions)
    return text if text == UNKNOWN else f"{text}{NO_BREAK}M$"


def money_in_words(millions: float) -> str:
    r"""An amount within a sentence, in billions of dollars from a thousand millions on.

    >>> money_in_words(79.12), money_in_words(4560.0)
    ('79.1\xa0M$', '4.56\xa0bn$')
    """
    return f"{number(millions / 1000.0)}{NO_BREAK}bn$" if abs(millions) >= 999.5 else money(millions)


def count(value: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 run, 200 runs."""
    return f"{value:,} {one}" if value == 1 else f"{value:,} {many or one + 's'}"

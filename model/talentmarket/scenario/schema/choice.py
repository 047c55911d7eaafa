"""What a researcher weighs: the terms of the choice, risk, and ordinary recruiting."""

from __future__ import annotations

from typing import Literal

from talentmarket.scenario.schema.quantity import Section, quantity, share


class Choice(Section):
    """The strengths of the terms of the choice between staying and each offer."""

    money_weight: float = quantity(
        "log-odds",
        "Log-odds for one log point of lifetime money at zero loyalty; scales all other terms.",
        low=0,
        high=1000,
        off=0.0,
        settable=True,
    )
    mission_scale: float = quantity(
        "log points of money", "Worth of a full mission to a pure missionary.", low=0, high=100, off=0.0, settable=True
    )
    compute_value: float = quantity(
        "log points of money", "Worth of one log point of compute.", low=0, high=10, off=0.0, settable=True
    )
    compute_reference: float = quantity(
        "accelerators per researcher", "Compute at which its worth is zero.", low=1e-6, high=1e9, settable=True
    )
    tie_value: float = quantity(
        "log points of money", "Worth of having all ties at a lab.", low=0, high=100, off=0.0, settable=True
    )
    size_value: float = quantity(
        "log points of money",
        "Worth of a lab that had everyone, by the share of all people it has.",
        low=0,
        high=100,
        off=0.0,
        settable=True,
    )
    taste_sd: float = quantity(
        "log points of money",
        "Standard deviation of the lasting taste of a researcher for a lab.",
        low=0,
        high=10,
        off=0.0,
        settable=True,
    )
    envy: float = quantity(
        "log points of money",
        "Cost of one log point of pay below colleagues of one's level.",
        low=0,
        high=100,
        off=0.0,
        settable=True,
    )
    merit_visibility: float = share(
        "How far merit is seen to justify pay differences; 1 silences envy.", off=1.0, settable=True
    )
    fairness_reference: Literal["pay", "reward"] = quantity(
        "",
        "What is compared with colleagues: `pay`, running pay; `reward`, running pay and the yearly share of special"
        " packages, for one's talent.",
        off="pay",
        settable=True,
    )
    fairness_scope: Literal["level", "lab"] = quantity(
        "",
        "With whom rewards are compared: colleagues of one's `level`, or everyone at the `lab`.",
        off="level",
        settable=True,
    )
    switching_cost: float = quantity(
        "log points of money", "Cost of any move.", low=0, high=100, off=0.0, settable=True
    )
    contagion: float = quantity(
        "log-odds",
        "Mean log-odds of leaving that the exit of a tie adds over the next four months.",
        low=0,
        high=10,
        off=0.0,
        settable=True,
    )
    exit_response: float = quantity(
        "log points for a log-odd",
        "Fall of the exit rate's logarithm as staying gains on the terms of the first month; 0: exits do not respond.",
        low=0,
        high=10,
        off=0.0,
        settable=True,
    )
    exit_contagion: float = quantity(
        "log points",
        "Mean that the exit of a tie adds to the exit rate's logarithm over the next four months.",
        low=0,
        high=10,
        off=0.0,
        settable=True,
    )
    patience: int = quantity(
        "months",
        "How long whoever would leave waits for stock that is about to vest; 0: nobody waits.",
        low=0,
        high=120,
        off=0,
        settable=True,
    )
    noise: float = quantity(
        "scale",
        "Scale of the Gumbel noise: 1 is a logit, 0 the best option for certain.",
        low=0,
        high=100,
        off=0.0,
        settable=True,
    )
    horizon: int = quantity("months", "How far ahead pay and vesting are counted.", low=1, high=120, settable=True)
    discount: float = quantity("a year", "Discount rate of running pay.", low=0, high=1, off=0.0, settable=True)


class Risk(Section):
    """How a risk-averse holder values restricted stock (Hall and Murphy 2002)."""

    risk_aversion: float = quantity(
        "CRRA", "Relative risk aversion; 0 is risk-neutral.", low=0, high=10, off=0.0, settable=True
    )
    risk_free: float = quantity("a year", "Continuously compounded risk-free rate.", low=0, high=0.5, settable=True)
    equity_premium: float = quantity(
        "a year", "Expected excess return of the stock market.", low=0, high=0.5, off=0.0, settable=True
    )
    stock_share: float = quantity(
        "share", "Share of wealth held in the restricted stock.", low=0, high=0.99, settable=True
    )


class Contacts(Section):
    """Ordinary recruiting, outside any campaign."""

    contact_talent: float = quantity(
        "elasticity",
        "Elasticity of the contact rate to talent; 0 means all are equally sought.",
        low=0,
        high=2,
        off=0.0,
    )
    envious_search: float = quantity(
        "factor",
        "Calls on someone paid one log point below colleagues, on top of ordinary contacts; 0 means none.",
        low=0,
        high=100,
        off=0.0,
        settable=True,
    )
    referral: float = share(
        "Probability that a tie left behind gets an offer from a mover's new lab a month later.", off=0.0, settable=True
    )
    reach_outside: float = share(
        "How often recruiters reach someone outside, over how often someone at a lab.", off=1.0, settable=True
    )
    candidates_per_vacancy: int = quantity(
        "people",
        "How many people a lab asks for each vacancy of a month: outside, and with `room` elsewhere.",
        low=1,
        high=1000,
        settable=True,
    )
    room: bool = quantity(
        "yes or no",
        "Whether a lab's recruiters call only as far as it is below the head-count it aims at.",
        off=False,
        settable=True,
    )

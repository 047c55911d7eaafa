"""What a researcher weighs: the terms of the choice, risk, and ordinary recruiting."""

from __future__ import annotations

from talentmarket.scenario.schema.quantity import Section, positive, quantity, share


class Choice(Section):
    """The strengths of the terms of the choice between staying and each offer."""

    money_weight: float = quantity(
        "log-odds",
        "Log-odds for one log point of lifetime money at zero loyalty; scales all other terms.",
        low=0,
        high=1000,
    )
    mission_scale: float = quantity(
        "log points of money", "Worth of a full mission to a pure missionary.", low=0, high=100
    )
    compute_value: float = quantity("log points of money", "Worth of one log point of compute.", low=0, high=10)
    compute_reference: float = positive("accelerators per researcher", "Compute at which its worth is zero.", high=1e9)
    tie_value: float = quantity("log points of money", "Worth of having all ties at a lab.", low=0, high=100)
    size_value: float = quantity(
        "log points of money", "Worth of a lab that had everyone, by the share of all people it has.", low=0, high=100
    )
    taste_sd: float = quantity(
        "log points of money", "Standard deviation of the lasting taste of a researcher for a lab.", low=0, high=10
    )
    envy: float = quantity(
        "log points of money", "Cost of one log point of pay below colleagues of one's level.", low=0, high=100
    )
    merit_visibility: float = share("How far merit is seen to justify pay differences; 1 silences envy.")
    switching_cost: float = quantity("log points of money", "Cost of any move.", low=0, high=100)
    contagion: float = quantity(
        "log-odds", "Mean log-odds of leaving that the exit of a tie adds over the next four months.", low=0, high=10
    )
    noise: float = quantity(
        "scale", "Scale of the Gumbel noise: 1 is a logit, 0 the best option for certain.", low=0, high=100
    )
    horizon: int = quantity("months", "How far ahead pay and vesting are counted.", low=1, high=120)
    discount: float = quantity("a year", "Discount rate of running pay.", low=0, high=1)


class Risk(Section):
    """How a risk-averse holder values restricted stock (Hall and Murphy 2002)."""

    risk_aversion: float = quantity("CRRA", "Relative risk aversion; 0 is risk-neutral.", low=0, high=10)
    risk_free: float = quantity("a year", "Continuously compounded risk-free rate.", low=0, high=0.5)
    equity_premium: float = quantity("a year", "Expected excess return of the stock market.", low=0, high=0.5)
    stock_share: float = quantity("share", "Share of wealth held in the restricted stock.", low=0, high=0.99)


class Contacts(Section):
    """Ordinary recruiting, outside any campaign."""

    contact_talent: float = quantity(
        "elasticity", "Elasticity of the contact rate to talent; 0 means all are equally sought.", low=0, high=2
    )
    envious_search: float = quantity(
        "factor",
        "Calls on someone paid one log point below colleagues, on top of ordinary contacts; 0 means none.",
        low=0,
        high=100,
    )
    referral: float = share("Probability that a tie left behind gets an offer from a mover's new lab a month later.")
    reach_outside: float = share("How often recruiters reach someone outside, over how often someone at a lab.")
    candidates_per_vacancy: int = quantity(
        "people", "How many people outside a growing lab asks for each vacancy of a month.", low=1, high=1000
    )

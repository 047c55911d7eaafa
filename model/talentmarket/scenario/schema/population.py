"""Who there is: how researchers differ in talent, loyalty, wealth, pay and ties."""

from __future__ import annotations

from talentmarket.scenario.schema.quantity import Section, quantity, share


class Population(Section):
    """The researchers of the first month; head-counts stand with the labs."""

    scale: float = quantity("factor", "Multiplies the head-count of every lab.", low=1e-9, high=100_000)
    talent_sigma: float = quantity(
        "log points", "Standard deviation of log talent; the median is 1.", low=0, high=3, off=0.0
    )
    talent_tail_share: float = quantity(
        "share",
        "Share of researchers in the Pareto tail of talent; 0 leaves talent lognormal.",
        low=0,
        high=0.5,
        off=0.0,
    )
    talent_tail_exponent: float = quantity(
        "exponent", "Pareto exponent of the tail; smaller is heavier.", low=1, high=20
    )
    loyalty_mean: float = quantity(
        "share", "Mean weight on the mission, m; 1 - m is the weight on money.", low=0.01, high=0.99
    )
    loyalty_concentration: float = quantity(
        "a + b", "Concentration of the Beta distribution of loyalty; larger is more alike.", low=0.01, high=10_000
    )
    wealth_median: float = quantity("M$", "Liquid wealth of a researcher of median talent.", low=1e-12, high=100_000)
    wealth_sigma: float = quantity(
        "log points", "Standard deviation of log wealth at equal talent.", low=0, high=4, off=0.0
    )
    wealth_talent: float = quantity("elasticity", "Elasticity of wealth to talent.", low=0, high=5, off=0.0)
    pay_sigma: float = quantity(
        "log points", "Standard deviation of log pay at equal talent and lab.", low=0, high=3, off=0.0
    )
    pay_talent: float = quantity("elasticity", "Elasticity of ordinary pay to talent.", low=0, high=5, off=0.0)
    pay_growth: float = quantity("log points a year", "Growth of everybody's running pay.", low=-0.5, high=1, off=0.0)
    levels: int = quantity("bands", "Number of talent bands within which colleagues compare pay.", low=1, high=20)
    ties_mean: float = quantity("people", "Mean number of co-author ties; 0 means no network.", low=0, high=50, off=0.0)
    ties_within_lab: float = share("Share of ties to colleagues of the first month's lab; the rest go anywhere.")

"""Pictures of raids: the funnel, what a person costs, the offers, who accepts, and how long those who come stay."""

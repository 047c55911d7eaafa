"""`python -m talentmarket`: the command line where its script is not on the path."""

from talentmarket.cli import main

main()

"""The command line, as `talentmarket` and as `python -m talentmarket`: signals are caught before the rest is imported."""

from __future__ import annotations

from talentmarket.interruption import caught


def main() -> None:
    """Run the command line."""
    with caught():
        from talentmarket.cli import main as command_line

        command_line()


if __name__ == "__main__":
    main()

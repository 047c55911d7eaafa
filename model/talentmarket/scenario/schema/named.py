"""Lists whose items go by their names: `scenario.labs["Meta"]` as well as `scenario.labs[0]`."""

from __future__ import annotations

from typing import Any

from talentmarket.errors import InputError
from talentmarket.scenario.text.wording import nearest, one_line


class Named(tuple[Any, ...]):
    """Labs, campaigns, tiers or events in their order, each also by its name."""

    __slots__ = ()

    def __getitem__(self, item: Any) -> Any:
        """The item of a number, the items of a slice, or the item of a name.

        Raises
        ------
        InputError
            If there is none of that name; the message has the nearest one.
        """
        if not isinstance(item, str):
            return super().__getitem__(item)
        for each in self:
            if each.name == item:
                return each
        raise InputError(f"there is no {one_line(item)!r}; {nearest(item, [each.name for each in self])}")

    def __contains__(self, item: object) -> bool:
        """Whether there is such an item, or one of that name."""
        return any(each.name == item for each in self) if isinstance(item, str) else super().__contains__(item)

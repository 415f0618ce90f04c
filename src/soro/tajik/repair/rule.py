"""What a rule is."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from soro.tajik.repair.page import Found, Page


class Rule(NamedTuple):
    """`find` gives what is broken in a page, in order, without overlaps, each with what belongs there: never longer, never
    empty of old characters. Of a rule for Tajik alone only what stands in Tajik lines is changed. `says` is for `--explain`."""

    name: str
    says: str
    find: Callable[[Page], Iterable[Found]]
    tajik: bool = False

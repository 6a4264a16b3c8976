"""Everything by a measure, the highest first: as it is stored, changed and asked for a page."""

import sys
from array import array
from bisect import bisect_left
from functools import cached_property
from itertools import islice

from pyroaring import BitMap, FrozenBitMap

from .models import StoredOrder

BLOCK = 1024


class Order:
    """Numbers with their measures, the highest first and of equals the highest number."""

    def __init__(self, numbers: array, measures: array):
        self.numbers = numbers
        self.measures = measures

    @classmethod
    def of(cls, pairs) -> "Order":
        """From (number, measure) in any order."""
        rows = sorted(pairs, key=lambda pair: (-pair[1], -pair[0]))
        return cls(array("I", [row[0] for row in rows]), array("I", [row[1] for row in rows]))

    @classmethod
    def of_row(cls, row: StoredOrder) -> "Order":
        return cls(_unpacked(row.numbers), _unpacked(row.measures))

    def stored(self) -> dict[str, bytes]:
        """The columns of its row."""
        return {"numbers": _packed(self.numbers), "measures": _packed(self.measures)}

    def remove(self, number: int, measure: int) -> None:
        place = self._place(number, measure)
        if place < len(self.numbers) and self.numbers[place] == number:
            del self.numbers[place], self.measures[place]

    def add(self, number: int, measure: int) -> None:
        place = self._place(number, measure)
        self.numbers.insert(place, number)
        self.measures.insert(place, measure)

    def page(self, found: BitMap, start: int, stop: int) -> list[int]:
        """A stretch of what was found, in this order. A deep one costs a look at each block."""
        picked: list[int] = []
        for block, members in self._blocks:
            here = found.intersection_cardinality(members)
            if start < here:
                among = (number for number in self.numbers[block] if number in found)
                picked += islice(among, start, stop)
            start, stop = max(0, start - here), stop - here
            if stop <= 0:
                break
        return picked

    @cached_property
    def _blocks(self) -> list[tuple[slice, FrozenBitMap]]:
        parts = (slice(at, at + BLOCK) for at in range(0, len(self.numbers), BLOCK))
        return [(part, FrozenBitMap(self.numbers[part])) for part in parts]

    def _place(self, number: int, measure: int) -> int:
        def key(place):
            return -self.measures[place], -self.numbers[place]

        return bisect_left(range(len(self.numbers)), (-measure, -number), key=key)


def _packed(numbers: array) -> bytes:
    """Four bytes each, lowest first."""
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(stored: bytes) -> array:
    numbers = array("I", bytes(stored))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers

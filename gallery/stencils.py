"""Drawings that are alike but for a few words: made once from their template, then filled in.

A page of results draws a hundred options and a dozen cards. From the template each time that takes
nine tenths of a request; filled in, hardly more than the search itself.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

# Some 400 bytes each.
REMEMBERED = 4_000
# Cards, lessons and frames of pages, up to 6 kB each.
DRAWN = 4_000
# No text has it: control characters are taken out of everything that is published.
_SLOT = re.compile("\x00(\\w+)\x00")


@dataclass(frozen=True)
class Stencil:
    """A drawn template with slots: `pieces` are text and the names of slots in turn."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, template: str, slots: Iterable[str], context: dict, request=None) -> Self:
        """Drawn with the context, and for a `request` what every page of its visitor says.

        The template must not ask what is in a slot.
        """
        marks = {name: mark_safe(f"\x00{name}\x00") for name in slots}
        return cls(tuple(_SLOT.split(render_to_string(template, {**context, **marks}, request))))

    def fill(self, **slots: SafeString | int) -> SafeString:
        pieces = list(self.pieces)
        pieces[1::2] = [str(slots[name]) for name in pieces[1::2]]
        return SafeString("".join(pieces))


def stencil(template: str, slots: tuple[str, ...] = (), **inputs: Hashable) -> Stencil:
    """That of this template with these inputs; drawn when it is asked for first."""
    return _stencil(template, slots, tuple(inputs.items()))


def forget() -> None:
    """Draw everything anew when it is next asked for."""
    _stencil.cache_clear()
    _drawn.clear()


def drawn(keys: Mapping[Any, Hashable], draw: Callable[[list], Iterable[tuple]]) -> dict:
    """What is drawn under each key, by the names of the keys.

    `draw` is given the names of those that are not in memory, and gives them with what it drew;
    it may leave some out. The oldest make room for new ones.
    """
    found = {name: _drawn[key] for name, key in keys.items() if key in _drawn}
    if missing := [name for name in keys if name not in found]:
        fresh = dict(draw(missing))
        found |= fresh
        _drawn.update((keys[name], what) for name, what in fresh.items())
        while len(_drawn) > DRAWN:
            # Another thread may have taken the same one away.
            _drawn.pop(next(iter(_drawn), None), None)
    return found


_drawn: dict[Hashable, Any] = {}


@lru_cache(REMEMBERED)
def _stencil(template: str, slots: tuple[str, ...], inputs: tuple) -> Stencil:
    return Stencil.of(template, slots, dict(inputs))

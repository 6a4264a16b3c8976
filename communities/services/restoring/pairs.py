from collections.abc import Callable, Iterable


def paired(wanted: Iterable, now: Iterable, *alike: Callable) -> tuple[list[tuple], list, list]:
    """Parts of the version with those of now that they are: (pairs of places, new, gone).

    The same part is equal, or else `alike` in the first way in which two are.
    """
    wanted, now = dict(enumerate(wanted)), dict(enumerate(now))
    pairs = []
    for likeness in (lambda part: part, *alike):
        for place, part in list(wanted.items()):
            match = next((i for i, one in now.items() if likeness(one) == likeness(part)), None)
            if match is not None:
                pairs.append((place, match))
                del wanted[place], now[match]
    return pairs, list(wanted), list(now)

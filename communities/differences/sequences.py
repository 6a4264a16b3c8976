"""Two sequences: what stands in both in the same order, in bounded work.

`same_stretches` is for many long things, such as paragraphs: it holds on to those that stand once
on either side, and costs n log n. `shortest_edit` is for few short ones, such as words: it finds
the fewest changes and gives up when there are too many.
"""

from bisect import bisect_left
from collections import Counter

# Within a stretch between two anchors there may be anchors again; so often is looked.
MOST_ROUNDS = 12
# More changes than this within one paragraph and it counts as written anew.
MOST_CHANGES = 600


def same_stretches(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """(place in old, place in new, length) of what both have in the same order, ascending."""
    found: list[tuple[int, int, int]] = []
    todo = [(0, len(old), 0, len(new), 0)]
    while todo:
        i1, i2, j1, j2, rounds = todo.pop()
        start = i1
        while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
            i1, j1 = i1 + 1, j1 + 1
        if i1 > start:
            found.append((start, j1 - (i1 - start), i1 - start))
        end = i2
        while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
            i2, j2 = i2 - 1, j2 - 1
        if end > i2:
            found.append((i2, j2, end - i2))
        if i1 == i2 or j1 == j2 or rounds == MOST_ROUNDS:
            continue
        anchors = _anchors(old, new, (i1, i2), (j1, j2))
        if not anchors:
            continue
        for i, j in [*anchors, (i2, j2)]:
            todo.append((i1, i, j1, j, rounds + 1))
            i1, j1 = i, j
    return _joined(sorted(found))


def _anchors(old, new, old_range, new_range) -> list[tuple[int, int]]:
    """Places of what stands exactly once on either side: the longest row in common order."""
    once_old, once_new = Counter(old[slice(*old_range)]), Counter(new[slice(*new_range)])
    places = {new[j]: j for j in range(*new_range) if once_new[new[j]] == 1}
    pairs = [
        (i, places[old[i]]) for i in range(*old_range) if once_old[old[i]] == 1 and old[i] in places
    ]
    return _longest_ascending(pairs)


def _longest_ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs ascending in the first the longest row that ascends in the second as well."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        last[place : place + 1] = [number]
    row, number = [], last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _joined(stretches: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    joined: list[tuple[int, int, int]] = []
    for i, j, length in stretches:
        if joined:
            i0, j0, length0 = joined[-1]
            if (i0 + length0, j0 + length0) == (i, j):
                joined[-1] = (i0, j0, length0 + length)
                continue
        joined.append((i, j, length))
    return joined


def shortest_edit(old: list[str], new: list[str], steps: int) -> tuple[list | None, int]:
    """The stretches that stay and the steps taken; None when `steps` or MOST_CHANGES are too few.

    The greedy walk along diagonals (Myers 1986): (n + m) · changes steps at most, and memory for
    changes² places.
    """
    limit = min(MOST_CHANGES, len(old) + len(new))
    reach = [0] * (2 * limit + 3)
    trail: list[list[int]] = []
    taken = 0
    for changes in range(limit + 1):
        trail.append(reach[limit - changes : limit + changes + 3])
        for k in range(-changes, changes + 1, 2):
            at = limit + 1 + k
            down = k == -changes or (k != changes and reach[at - 1] < reach[at + 1])
            i = begun = reach[at + 1] if down else reach[at - 1] + 1
            j = i - k
            while i < len(old) and j < len(new) and old[i] == new[j]:
                i, j = i + 1, j + 1
            reach[at] = i
            taken += 1 + i - begun
            if i >= len(old) and j >= len(new):
                return _walked_back(trail, len(old), len(new)), taken
        if taken > steps:
            break
    return None, taken


def _walked_back(trail: list[list[int]], i: int, j: int) -> list[tuple[int, int, int]]:
    stretches = []
    for changes in range(len(trail) - 1, -1, -1):
        reach, k = trail[changes], i - j
        # The slice was taken from one left of the outermost diagonal.
        at = changes + 1 + k
        down = k == -changes or (k != changes and reach[at - 1] < reach[at + 1])
        i_turn = reach[at + 1] if down else reach[at - 1] + 1
        if i > i_turn:
            stretches.append((i_turn, j - (i - i_turn), i - i_turn))
        i, j = i_turn, j - (i - i_turn)
        i, j = (i, j - 1) if down else (i - 1, j)
    return _joined(sorted(stretches))

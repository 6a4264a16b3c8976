"""How much changed between two snapshots, in words, without saying where."""

from collections import Counter

# What nobody reads: addresses, files and other machinery of a snapshot.
MACHINERY = {"schema", "key", "slug", "mark", "color", "files", "cover_key", "consent", "role"}


def change_of_words(before: dict, after: dict) -> tuple[int, int]:
    """Words added and words cut from one snapshot, as JSON, to the next.

    A word that only moved is neither. Time and memory grow with the two texts and no faster.
    """
    old, new = Counter(_words(before)), Counter(_words(after))
    return (new - old).total(), (old - new).total()


def _words(said):
    if isinstance(said, str):
        yield from said.split()
    elif isinstance(said, dict):
        for name, value in said.items():
            if name not in MACHINERY:
                yield from _words(value)
    elif isinstance(said, list | tuple):
        for value in said:
            yield from _words(value)

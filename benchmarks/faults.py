"""Where an engine's answer differs from brute force."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.brute import Reader
from benchmarks.engines import TOP, Answer
from benchmarks.workload import PAGE, Query


def faults(
    reader: Reader, answer: Answer, query: Query, *, has_own_relevance: bool = False
) -> Iterator[str]:
    """In words; the order of words found is not compared where an engine has its own."""
    right = reader.numbers(query)
    if answer.total != len(right):
        yield f"total {answer.total}, right is {len(right)}"
    page = right[(query.page - 1) * PAGE : query.page * PAGE]
    if len(answer.numbers) != len(page):
        yield f"{len(answer.numbers)} on the page, right are {len(page)}"
    if query.has_text and has_own_relevance:
        if not set(answer.numbers) <= set(right):
            yield "some on the page do not match"
    elif answer.numbers != page:
        yield f"page {answer.numbers[:3]}…, right is {page[:3]}…"
    for facet, counts in answer.counts.items():
        yield from _miscounts(facet, counts, reader.counts(query, facet))


def _miscounts(facet: str, counts: dict[str, int], right: Counter) -> Iterator[str]:
    wrong = {choice: (n, right[choice]) for choice, n in counts.items() if n != right[choice]}
    if wrong:
        yield f"{facet}, counted and right: {dict(list(wrong.items())[:3])}"
    missing = [n for choice, n in right.items() if choice not in counts]
    if len(counts) == TOP.get(facet):
        least = min(counts.values())
        missing = [n for n in missing if n > least]
    if missing:
        yield f"{facet}: {len(missing)} choices are missing"

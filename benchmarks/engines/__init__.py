"""The peers. Each answers a workload.Query with an Answer: a page of 24, the total, all counts."""

from dataclasses import dataclass

# Of the topics only those that are shown are counted, by each engine.
TOP = {"topic": 20}


@dataclass(frozen=True)
class Answer:
    numbers: list[int]
    total: int
    counts: dict[str, dict[str, int]]

"""Indexes designs by the thousand that nobody has seen yet, in a fraction of the usual time.

    with loading(is_large=…):
        new_rows(…).write()  # as often as there are batches

What is written is found when the block ends. After a crash in between, the next such block or
`rebuild_search` finishes the work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from communities.models import Community
from communities.models.bulk import Table, table_of
from communities.snapshot import Snapshot

from .corpora import CORPORA, DESIGNS, INSIGHTS
from .entries import rows_of
from .index import write_sets_anew
from .sets import Labels, Shelved, name_choices
from .text import text_index
from .vocabulary import Word


@contextmanager
def loading(*, is_large: bool) -> Iterator[None]:
    """Where it is large, searches for words are slow until the end."""
    for corpus in CORPORA:
        if is_large:
            text_index(corpus.table).prepare()
    yield
    for corpus in CORPORA:
        text_index(corpus.table).settle()
    write_sets_anew()


@dataclass(frozen=True)
class NewRows:
    """What `write` writes of some communities, made without a look at the database."""

    tables: list[Table]
    labels: Labels
    designs: list[Shelved]
    lessons: list[Shelved]

    @transaction.atomic
    def write(self) -> None:
        """In the transaction that publishes them. As many queries as there are tables."""
        for table in self.tables:
            table.write()
        name_choices(DESIGNS, self.designs, self.labels)
        name_choices(INSIGHTS, self.lessons, self.labels)


def new_rows(published: list[tuple[Community, Snapshot]], words: dict[str, Word]) -> NewRows:
    """Of communities that are published for the first time and have no hidden pictures."""
    rows = [
        rows_of(community, snapshot, words=words, parent_id=community.parent_id)
        for community, snapshot in published
    ]
    lessons = [lesson for row in rows for lesson in row.insights]
    tables = [
        table_of([row.entry for row in rows]),
        table_of([row.text for row in rows]),
        table_of(lessons),
        table_of([text for row in rows for text in row.insight_texts]),
    ]
    return NewRows(
        tables=[table for table in tables if table],
        labels={place: label for row in rows for place, label in row.labels.items()},
        designs=[Shelved(row.entry.number, row.entry.found_under) for row in rows],
        lessons=[Shelved(lesson.number, lesson.found_under) for lesson in lessons],
    )

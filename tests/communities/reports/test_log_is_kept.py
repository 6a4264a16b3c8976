"""What was done about reports and comments is only ever added to."""

import pytest
from django.db import DatabaseError, connection, transaction

from communities.enums import CommentKind, ReportDeed
from communities.models import LogIsKept, ReportEvent
from communities.services.talking import add_comment
from tests import factories


@pytest.fixture
def event(cast):
    made = factories.published(cast.author, cast.staff)
    factories.published(cast.author, cast.staff, "Another")
    comment = add_comment(made, kind=CommentKind.QUESTION, text="How many?", author=cast.classmate)
    return ReportEvent.objects.get(key=str(comment.pk), deed=ReportDeed.WRITTEN)


@pytest.mark.parametrize(
    "change",
    [
        "deed = 'hide'",
        "kind = 'design'",
        "key = '1000'",
        "created_at = '2020-01-01 00:00:00'",
        "community_id = (SELECT MAX(id) FROM communities_community)",
        "community_id = NULL",
        "actor_id = (SELECT MAX(id) FROM accounts_user)",
        "person_id = (SELECT MAX(id) FROM accounts_user)",
    ],
)
def test_the_database_itself_keeps_the_facts(event, change):
    before = list(ReportEvent.objects.values())
    refused = pytest.raises(DatabaseError, match="kept as it was written")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE communities_reportevent SET {change} WHERE id = {event.pk}")
    assert list(ReportEvent.objects.values()) == before


def test_nobody_changes_it_by_the_model(event):
    before = list(ReportEvent.objects.values())
    attempts = [
        event.save,
        event.delete,
        ReportEvent.objects.all().delete,
        lambda: ReportEvent.objects.update(reason="x"),
        lambda: ReportEvent.objects.bulk_update([event], ["reason"]),
    ]
    for attempt in attempts:
        with pytest.raises(LogIsKept):
            attempt()
    assert list(ReportEvent.objects.values()) == before

"""The watch of tests/door.py sees whatever writes a status beside communities/workflow.py."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, transaction

from communities.enums import Action, Status
from communities.models import Submission
from tests import door, factories
from tests.communities.moves import move


def by_update(row):
    Submission.objects.filter(pk=row.pk).update(status=Status.PUBLISHED)


def by_saving(row):
    row.save()


def by_saving_this_field(row):
    row.status = Status.PUBLISHED
    row.save(update_fields=["status"])


def by_many(row):
    row.status = Status.PUBLISHED
    Submission.objects.bulk_update([row], ["status"])


def by_making(row):
    Submission(
        community=row.community,
        version=row.version,
        status=Status.WITHDRAWN,
        submitted_at=row.submitted_at,
        changed_at=row.changed_at,
    ).save()


def by_inserting(row):
    again = Submission.objects.get(pk=row.pk)
    Submission.objects.bulk_create(
        [again], update_conflicts=True, unique_fields=["id"], update_fields=["status"]
    )


def by_sql(row):
    with connection.cursor() as cursor:
        cursor.execute("update communities_submission set status='published' where id=%s", [row.pk])


def by_many_in_sql(row):
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE communities_submission SET status=%s WHERE id=%s", [("published", row.pk)]
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        by_update,
        by_saving,
        by_saving_this_field,
        by_many,
        by_making,
        by_inserting,
        by_sql,
        by_many_in_sql,
    ],
)
def test_each_way_around_the_door_is_seen(cast, write):
    row = factories.submitted(cast.author)
    with pytest.raises(door.BesideTheDoor), transaction.atomic():
        write(row)
    assert len(door.take()) == 1
    row.refresh_from_db()
    assert row.status == Status.SUBMITTED


@pytest.mark.django_db(transaction=True)
def test_a_test_fails_by_what_another_thread_did_and_kept_quiet_about(cast):
    row = factories.submitted(cast.author)

    def quietly():
        with suppress(door.BesideTheDoor):
            by_update(row)
        connection.close()

    thread = threading.Thread(target=quietly)
    thread.start()
    thread.join()
    with pytest.raises(door.BesideTheDoor, match=r"communities/workflow\.py") as failure:
        door.check()  # As conftest.py does after each test.
    assert 'UPDATE "communities_submission" SET "status"' in str(failure.value)


@pytest.mark.django_db
def test_the_door_itself_and_what_is_no_status_are_free(cast):
    row = factories.submitted(cast.author)
    Submission.objects.filter(status=Status.SUBMITTED).update(submitted_at=row.submitted_at)
    row.save(update_fields=["changed_at"])
    list(Submission.objects.select_for_update().filter(status=Status.SUBMITTED))
    move(row, Action.APPROVE, by=cast.staff)
    assert door.take() == []

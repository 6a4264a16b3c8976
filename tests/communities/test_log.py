"""The logs, of submissions, reports, teams and the vocabulary: lines are only ever added.

By the models, and by the database whoever asks it.
"""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from communities.enums import ReportDeed, ReportedKind, Status, TeamAction, VocabularyAct
from communities.models import (
    LogIsKept,
    LogOpening,
    ReportEvent,
    SubmissionEvent,
    TeamEvent,
    Value,
    Version,
    VocabularyEvent,
    log_opened,
)
from communities.services.erasing import erase
from communities.services.team import leave
from communities.services.vocabulary import record
from tests import factories
from tests.communities.moves import submission_in

# What people wrote in each, and by which words a lesson is known. All the rest is facts.
TEXTS = {
    SubmissionEvent: ["note"],
    ReportEvent: ["reason", "key"],
    TeamEvent: [],
    VocabularyEvent: ["slug", "name", "details"],
}
LOGS = tuple(TEXTS)
BOTH = [(log, text) for log in LOGS for text in TEXTS[log]]
# Of a log without texts a fact in their place.
FACT = {TeamEvent: "action"}
refused = pytest.raises(DatabaseError, match="kept as it was written")


@pytest.fixture
def lines(people) -> dict:
    """A line of each log, the newest, both by staff."""
    row = submission_in(Status.DECLINED, people)
    said = ReportEvent.objects.create(
        kind=ReportedKind.INSIGHT,
        key="7-ab",
        community=row.community,
        deed=ReportDeed.WARN,
        actor=people["staff"],
        person=people["classmate"],
        reason="So that you know.",
    )
    joined = TeamEvent.objects.create(
        community=row.community,
        action=TeamAction.LEADS,
        person=people["classmate"],
        actor=people["staff"],
    )
    value = Value.objects.get(slug="care")
    edited = record(value, VocabularyAct.EDITED, by=people["staff"], short=["Old.", "New."])
    return {
        SubmissionEvent: row.events.last(),
        ReportEvent: said,
        TeamEvent: joined,
        VocabularyEvent: edited,
    }


def everything() -> list:
    return [list(log.objects.values()) for log in LOGS]


def run(statement: str, *values) -> int:
    """Rows that SQL changed, past all that the models say."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def other_value(log, field, people):
    """Something else that the column could hold."""
    return {
        "id": 10_000,
        "version": Version.objects.order_by("pk").last().pk + 1,
        "replaced": Version.objects.order_by("pk").last().pk,
        "created_at": timezone.now(),
        "actor": people["superuser"].pk,
        "reader": people["superuser"].pk,
        "person": people["superuser"].pk,
    }.get(field, 10_000 if field in ("submission", "community") else "approve")


# Of each log every column, so that a new one is tried as well.
FACTS = [
    pytest.param(log, field, id=f"{log.__name__}-{field.name}")
    for log in LOGS
    for field in log._meta.concrete_fields
    if field.name not in TEXTS[log]
]


@pytest.mark.parametrize("log", LOGS)
def test_the_models_refuse_to_change_or_shorten_it(lines, log):
    before, event = everything(), lines[log]
    attempts = [
        event.save,
        event.delete,
        lambda: log.objects.update(actor=None),
        lambda: log.objects.all().delete(),
        lambda: log.objects.filter(pk=event.pk).update(actor=None),
        lambda: log.objects.bulk_update([event], ["actor"]),
        lambda: log.objects.update_or_create(pk=event.pk, defaults={"actor": None}),
    ]
    for attempt in attempts:
        with pytest.raises(LogIsKept):
            attempt()
    assert everything() == before


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize(("log", "field"), FACTS)
def test_the_database_keeps_every_fact_even_of_an_open_log(lines, people, log, field, is_open):
    before = everything()
    change = f'UPDATE {log._meta.db_table} SET "{field.column}" = %s WHERE id = %s'
    with refused, transaction.atomic():
        if is_open:
            LogOpening.objects.create()
        run(change, other_value(log, field.name, people), lines[log].pk)
    assert everything() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {table} SET {text} = '\"Forged\"' WHERE id = %s",
        "DELETE FROM {table} WHERE id = %s",
        "DELETE FROM {table} WHERE id <= %s",
        "INSERT INTO {table} SELECT * FROM {table} WHERE id = %s"
        " ON CONFLICT (id) DO UPDATE SET {text} = '\"Forged\"'",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = %s",
        "TRUNCATE {table}",
    ],
)
@pytest.mark.parametrize(("log", "text"), [*BOTH, *FACT.items()])
def test_the_database_keeps_texts_and_lines_while_the_log_is_closed(lines, log, text, change):
    of_one = {"INSERT OR": "sqlite", "TRUNCATE": "postgresql"}
    only = next((name for verb, name in of_one.items() if change.startswith(verb)), None)
    if only not in (None, connection.vendor):
        pytest.skip(f"Only {only} knows this statement.")
    if change.startswith("TRUNCATE"):
        # Else it is refused for what this test has written, whatever the log says.
        run("SET CONSTRAINTS ALL IMMEDIATE")
    before = everything()
    statement = change.format(table=log._meta.db_table, text=text)
    with refused:
        run(statement, *([lines[log].pk] if "%s" in change else []))
    assert everything() == before


@pytest.mark.parametrize(("log", "text"), BOTH)
def test_an_opened_log_lets_texts_be_changed_and_lines_go_and_is_closed_afterwards(
    lines, log, text
):
    table, pk = log._meta.db_table, lines[log].pk
    change = f"UPDATE {table} SET {text} = '\"Gone\"' WHERE id = {pk}"
    with log_opened():
        assert run(change) == 1
    lines[log].refresh_from_db()
    assert getattr(lines[log], text) in ("Gone", '"Gone"')
    with refused:
        run(f"DELETE FROM {table} WHERE id = {pk}")
    with log_opened():
        assert run(f"DELETE FROM {table} WHERE id = {pk}") == 1
    assert not LogOpening.objects.exists()


def test_a_log_is_closed_again_when_something_fails_while_it_is_open(lines):
    before = everything()

    def failing():
        with log_opened():
            run("UPDATE communities_reportevent SET reason = 'x'")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert everything() == before
    assert not LogOpening.objects.exists()


def test_only_a_lesson_is_ever_known_by_other_words(lines):
    ReportEvent.objects.create(kind=ReportedKind.COMMENT, key="7", deed=ReportDeed.HIDE)
    with refused, log_opened():
        run("UPDATE communities_reportevent SET key = '8' WHERE kind = 'comment'")
    ReportEvent.objects.create(kind=ReportedKind.INSIGHT, key="1-ab", deed=ReportDeed.HIDE)
    with log_opened():
        assert run("UPDATE communities_reportevent SET key = '1-cd' WHERE key = '1-ab'") == 1
    with refused:
        run("UPDATE communities_reportevent SET key = '1-ab' WHERE key = '1-cd'")


@pytest.mark.django_db(transaction=True)
def test_a_log_is_open_for_whoever_opened_it_alone(cast):
    row = factories.submitted(cast.author)
    found = []

    def forging():
        try:
            run(f"UPDATE communities_submissionevent SET note = 'x' WHERE submission_id = {row.pk}")
        except DatabaseError as error:
            found.append(str(error))
        finally:
            connection.close()

    thread = threading.Thread(target=forging)
    with log_opened():
        thread.start()
        thread.join(timeout=0.5)  # Where everybody writes in turn, it waits for ours.
    thread.join(timeout=30)
    [words] = found
    assert "kept as it was written" in words
    assert row.events.get().note == ""


@pytest.mark.parametrize("log", LOGS)
def test_an_account_that_is_deleted_leaves_every_line(lines, people, log):
    number = log.objects.count()
    for person in (people["staff"], people["classmate"]):
        person.delete()
    line = log.objects.get(pk=lines[log].pk)
    assert (log.objects.count(), line.actor) == (number, None)
    for text in {"note", "reason"}.intersection(TEXTS[log]):
        assert getattr(line, text) == "So that you know."


def test_a_draft_of_one_person_goes_with_them_and_with_what_was_said_about_it(people):
    made = factories.community(people["author"], "Alone")
    about = {"kind": ReportedKind.PHOTO, "key": "a", "community": made}
    ReportEvent.objects.create(**about, deed=ReportDeed.HIDDEN_AT_ONCE)
    TeamEvent.objects.create(community=made, action=TeamAction.LEADS, person=people["author"])
    erase(people["author"], by=people["author"])
    assert not ReportEvent.objects.exists()
    assert not TeamEvent.objects.exists()


def test_a_draft_that_another_was_once_in_the_team_of_keeps_the_log_of_it(people):
    made = factories.team(people["classmate"], made=factories.community(people["author"], "Ours"))
    leave(made, user=people["classmate"])
    told = list(TeamEvent.objects.order_by("pk").values_list("action", "person"))
    assert [action for action, _ in told] == ["joined", "left"]
    erase(people["author"], by=people["author"])
    events = TeamEvent.objects.order_by("pk").values_list("action", "person")
    assert list(events) == [*told, ("left", people["author"].pk)]

"""The logs are kept by the database itself.

Facts never change, people only become nobody. Texts are changed and lines deleted only while the
log is open, in the transaction that opened it (communities.models.log.log_opened).

On SQLite a migration that makes one of these tables anew loses its triggers and has to call `keep`.
"""

# Nothing but the constants below is written into these statements.
# ruff: noqa: S608

from dataclasses import dataclass
from importlib import import_module

from django.db import migrations, models


@dataclass(frozen=True)
class Log:
    facts: tuple[str, ...]
    people: tuple[str, ...]
    texts: tuple[str, ...] = ()
    # When a column is a fact that is none always.
    more: str = "FALSE"


SUBMISSIONS, REPORTS = "communities_submissionevent", "communities_reportevent"
TEAMS, VOCABULARY = "communities_teamevent", "communities_vocabularyevent"
LOGS = {
    SUBMISSIONS: Log(
        facts=(
            "id",
            "submission_id",
            "version_id",
            "replaced_id",
            "action",
            "from_status",
            "to_status",
            "created_at",
        ),
        people=("actor_id", "reader_id"),
        texts=("note",),
    ),
    REPORTS: Log(
        facts=("id", "kind", "community_id", "deed", "created_at"),
        # Only a lesson is known by a digest of its words, another one without somebody's name.
        more="OLD.kind <> 'insight' AND NEW.key <> OLD.key",
        people=("actor_id", "person_id"),
        texts=("reason", "key"),
    ),
    TEAMS: Log(
        facts=("id", "community_id", "action", "created_at"),
        people=("person_id", "actor_id"),
    ),
    VOCABULARY: Log(
        facts=("id", "kind", "act", "created_at"),
        people=("actor_id",),
        # A topic may be somebody's name, and the details say who proposed a value.
        texts=("slug", "name", "details"),
    ),
}
IS_CLOSED = "NOT EXISTS (SELECT 1 FROM communities_logopening)"
WORDS = "The log is kept as it was written."
FUNCTIONS = [
    f"""
    CREATE FUNCTION log_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '{WORDS}';
    END $$
    """,
    f"""
    CREATE FUNCTION log_is_kept_while_closed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF {IS_CLOSED} THEN
        RAISE EXCEPTION '{WORDS}';
      END IF;
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$
    """,
    f"""
    CREATE FUNCTION log_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE has_lines boolean;
    BEGIN
      EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', TG_RELID::regclass) INTO has_lines;
      IF has_lines AND {IS_CLOSED} THEN
        RAISE EXCEPTION '{WORDS}';
      END IF;
      RETURN NULL;
    END $$
    """,
]
FUNCTION_NAMES = ("log_is_kept", "log_is_kept_while_closed", "log_is_not_emptied")


def _differs(column: str, unlike: str) -> str:
    return f"NEW.{column} {unlike} OLD.{column}"


def _facts(log: Log, unlike: str) -> str:
    people = (f"(NEW.{p} IS NOT NULL AND {_differs(p, unlike)})" for p in log.people)
    return " OR ".join([*(_differs(fact, unlike) for fact in log.facts), *people, f"({log.more})"])


def _texts(log: Log, unlike: str) -> str:
    return " OR ".join(_differs(text, unlike) for text in log.texts) or "FALSE"


def _on_sqlite(table: str, log: Log) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    texts = f"({_texts(log, 'IS NOT')}) AND {IS_CLOSED}"
    return [
        f"CREATE TRIGGER {table}_facts BEFORE UPDATE ON {table}"
        f" WHEN {_facts(log, 'IS NOT')} {refuse}",
        f"CREATE TRIGGER {table}_texts BEFORE UPDATE ON {table} WHEN {texts} {refuse}",
        f"CREATE TRIGGER {table}_lines BEFORE DELETE ON {table} WHEN {IS_CLOSED} {refuse}",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"CREATE TRIGGER {table}_again BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}",
    ]


def _on_postgresql(table: str, log: Log) -> list[str]:
    unlike = "IS DISTINCT FROM"
    return [
        f"CREATE TRIGGER {table}_facts BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN ({_facts(log, unlike)}) EXECUTE FUNCTION log_is_kept()",
        f"CREATE TRIGGER {table}_texts BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN ({_texts(log, unlike)}) EXECUTE FUNCTION log_is_kept_while_closed()",
        f"CREATE TRIGGER {table}_lines BEFORE DELETE ON {table} FOR EACH ROW"
        " EXECUTE FUNCTION log_is_kept_while_closed()",
        f"CREATE TRIGGER {table}_emptied BEFORE TRUNCATE ON {table}"
        " EXECUTE FUNCTION log_is_not_emptied()",
    ]


def keep(apps, editor):
    is_sqlite = editor.connection.vendor == "sqlite"
    statements = [] if is_sqlite else list(FUNCTIONS)
    for table, log in LOGS.items():
        statements += (_on_sqlite if is_sqlite else _on_postgresql)(table, log)
    for statement in statements:
        editor.execute(statement, params=None)


def let_go(apps, editor):
    is_sqlite = editor.connection.vendor == "sqlite"
    for table in LOGS:
        for name in ("facts", "texts", "lines", "again" if is_sqlite else "emptied"):
            of_table = "" if is_sqlite else f" ON {table}"
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{of_table}")
    for name in () if is_sqlite else FUNCTION_NAMES:
        editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


# What kept the facts until now.
submissions = import_module("communities.migrations.0012_log_is_kept")


class Migration(migrations.Migration):
    dependencies = [("communities", "0014_comments")]
    operations = [
        migrations.CreateModel(
            name="LogOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.RunPython(submissions.let_go, submissions.keep),
        migrations.RunPython(keep, let_go),
    ]

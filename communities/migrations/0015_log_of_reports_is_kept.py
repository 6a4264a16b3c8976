"""What was done about reports and comments cannot be changed either, not even by SQL.

As for the log of submissions, a person can be taken out: of the reason, and as who did it. A
lesson is named by a digest of its words, which are others once somebody is taken out of them.
"""

from django.db import migrations

TABLE = "communities_reportevent"
FACTS = "kind, community_id, deed, created_at"
NAMES = ("actor_id", "person_id")
REFUSAL = "The log of reports and comments is kept as it was written."

SQLITE = [
    f"CREATE TRIGGER reports_keep_their_facts BEFORE UPDATE OF {FACTS} ON {TABLE}"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER reports_keep_their_key BEFORE UPDATE OF key ON {TABLE}"
    f" WHEN OLD.kind <> 'insight' BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    *(
        f"CREATE TRIGGER reports_keep_{name} BEFORE UPDATE OF {name} ON {TABLE}"
        f" WHEN NEW.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name}"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for name in NAMES
    ),
]
SQLITE_BACK = [
    f"DROP TRIGGER IF EXISTS reports_keep_{name}" for name in ("their_facts", "their_key", *NAMES)
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION log_of_reports_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.kind, NEW.community_id, NEW.deed, NEW.created_at)
         IS DISTINCT FROM (OLD.kind, OLD.community_id, OLD.deed, OLD.created_at)
         OR (OLD.kind <> 'insight' AND NEW.key IS DISTINCT FROM OLD.key)
         OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS DISTINCT FROM OLD.actor_id)
         OR (NEW.person_id IS NOT NULL AND NEW.person_id IS DISTINCT FROM OLD.person_id)
      THEN
        RAISE EXCEPTION '{REFUSAL}';
      END IF;
      RETURN NEW;
    END $$
    """,
    f"CREATE TRIGGER reports_keep_their_facts BEFORE UPDATE ON {TABLE}"
    " FOR EACH ROW EXECUTE FUNCTION log_of_reports_is_kept()",
]
POSTGRESQL_BACK = [
    f"DROP TRIGGER IF EXISTS reports_keep_their_facts ON {TABLE}",
    "DROP FUNCTION IF EXISTS log_of_reports_is_kept()",
]


def _run(editor, sqlite, postgresql):
    for statement in sqlite if editor.connection.vendor == "sqlite" else postgresql:
        editor.execute(statement)


def keep(apps, editor):
    _run(editor, SQLITE, POSTGRESQL)


def let_go(apps, editor):
    _run(editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("communities", "0014_comments")]
    operations = [migrations.RunPython(keep, let_go)]

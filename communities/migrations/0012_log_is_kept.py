"""The facts of the log cannot be changed, not even by SQL; names in notes can be taken out."""

from django.db import migrations

FACTS = "submission_id, version_id, replaced_id, action, from_status, to_status, created_at"
NAMES = ("actor_id", "reader_id")

SQLITE = [
    f"CREATE TRIGGER log_keeps_its_facts BEFORE UPDATE OF {FACTS} ON communities_submissionevent"
    " BEGIN SELECT RAISE(ABORT, 'The log of submissions is kept as it was written.'); END",
    *(
        f"CREATE TRIGGER log_keeps_{name} BEFORE UPDATE OF {name} ON communities_submissionevent"
        f" WHEN NEW.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name}"
        " BEGIN SELECT RAISE(ABORT, 'The log of submissions is kept as it was written.'); END"
        for name in NAMES
    ),
]
SQLITE_BACK = [f"DROP TRIGGER IF EXISTS log_keeps_{name}" for name in ("its_facts", *NAMES)]
POSTGRESQL = [
    """
    CREATE FUNCTION log_of_submissions_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.submission_id, NEW.version_id, NEW.action, NEW.from_status, NEW.to_status,
          NEW.created_at)
         IS DISTINCT FROM
         (OLD.submission_id, OLD.version_id, OLD.action, OLD.from_status, OLD.to_status,
          OLD.created_at)
         OR NEW.replaced_id IS DISTINCT FROM OLD.replaced_id
         OR (NEW.actor_id IS NOT NULL AND NEW.actor_id IS DISTINCT FROM OLD.actor_id)
         OR (NEW.reader_id IS NOT NULL AND NEW.reader_id IS DISTINCT FROM OLD.reader_id)
      THEN
        RAISE EXCEPTION 'The log of submissions is kept as it was written.';
      END IF;
      RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER log_keeps_its_facts BEFORE UPDATE ON communities_submissionevent"
    " FOR EACH ROW EXECUTE FUNCTION log_of_submissions_is_kept()",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER IF EXISTS log_keeps_its_facts ON communities_submissionevent",
    "DROP FUNCTION IF EXISTS log_of_submissions_is_kept()",
]


def _run(editor, sqlite, postgresql):
    for statement in sqlite if editor.connection.vendor == "sqlite" else postgresql:
        editor.execute(statement)


def keep(apps, editor):
    _run(editor, SQLITE, POSTGRESQL)


def let_go(apps, editor):
    _run(editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("communities", "0011_review_remarks_and_readers")]
    operations = [migrations.RunPython(keep, let_go)]

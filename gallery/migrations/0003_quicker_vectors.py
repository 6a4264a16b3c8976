"""Vectors by a trigger: each column is read once instead of once for every depth it belongs to.

A generated column cannot use another one. And gallery_words() replaces one sign after the other,
which takes a tenth of the time of `translate` with so many. The vectors stay as they are.
"""

from importlib import import_module

from django.db import migrations

words = import_module("gallery.migrations.0002_text_index")

COLUMNS = ("title", "summary", "held", "rest")
WORDS = """
CREATE OR REPLACE FUNCTION gallery_words(whole text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE sql RETURN {blanked};
"""
TRIGGER = """
CREATE FUNCTION {table}_vectors() RETURNS trigger LANGUAGE plpgsql
    AS $body$ BEGIN {steps} RETURN NEW; END; $body$;
CREATE TRIGGER {table}_added BEFORE INSERT ON {table}
    FOR EACH ROW WHEN (NEW.depth_4 IS NULL) EXECUTE FUNCTION {table}_vectors();
CREATE TRIGGER {table}_changed BEFORE UPDATE OF title, summary, held, rest ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_vectors();
"""
NO_TRIGGER = """
DROP TRIGGER {table}_added ON {table};
DROP TRIGGER {table}_changed ON {table};
DROP FUNCTION {table}_vectors;
"""


def forwards(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    blanked = "whole"
    for sign in words.BLANKED:
        blanked = f"replace({blanked}, $sign${sign}$sign$, ' ')"
    _run(connection, WORDS.format(blanked=blanked))
    for table in words.TABLES:
        for depth in words.DEPTHS:
            _run(connection, f"ALTER TABLE {table} ALTER COLUMN depth_{depth} DROP EXPRESSION")
        _run(connection, TRIGGER.format(table=table, steps=_steps()))


def _steps() -> str:
    made = [f"NEW.depth_1 := {words.TITLE.replace('(title)', '(NEW.title)')};"]
    for depth, column in zip(words.DEPTHS[1:], COLUMNS[1:], strict=True):
        further = words.FURTHER.format(column=f"NEW.{column}")
        made.append(f"NEW.depth_{depth} := NEW.depth_{depth - 1} {further};")
    return " ".join(made)


def backwards(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    translated = words.POSTGRESQL_WORDS.format(
        blanked=words.BLANKED, blanks=" " * len(words.BLANKED)
    )
    function = translated[translated.index("CREATE FUNCTION") :]
    _run(connection, function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    further = {name: words.FURTHER.format(column=name) for name in COLUMNS[1:]}
    for table in words.TABLES:
        _run(connection, NO_TRIGGER.format(table=table))
        for depth in words.DEPTHS:
            _run(connection, words.POSTGRESQL_DROP_DEPTH.format(table=table, depth=depth))
        _run(connection, words.POSTGRESQL_DROP.format(table=table))
        created = words.POSTGRESQL_CREATE.format(table=table, title=words.TITLE, **further)
        _run(connection, created)
        for depth in words.DEPTHS:
            _run(connection, words.POSTGRESQL_DEPTH.format(table=table, depth=depth))


def _run(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("gallery", "0002_text_index")]

    operations = [migrations.RunPython(forwards, backwards)]

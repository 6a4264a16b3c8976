"""The database's own full-text index of gallery_entrytext, kept in step by the database.

Both stem English, fold case and accents and know no stop words, so that they find the same.
Changing the table on SQLite makes Django write it anew, which drops the triggers: such a migration
must end with `create` again and rebuild the index.
"""

from django.db import migrations

SQLITE_CREATE = """
CREATE VIRTUAL TABLE gallery_entrytext_fts USING fts5(
    title, summary, held, rest,
    content='gallery_entrytext', content_rowid='entry_id',
    tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER gallery_entrytext_added AFTER INSERT ON gallery_entrytext BEGIN
    INSERT INTO gallery_entrytext_fts (rowid, title, summary, held, rest)
    VALUES (new.entry_id, new.title, new.summary, new.held, new.rest);
END;
CREATE TRIGGER gallery_entrytext_gone AFTER DELETE ON gallery_entrytext BEGIN
    INSERT INTO gallery_entrytext_fts (gallery_entrytext_fts, rowid, title, summary, held, rest)
    VALUES ('delete', old.entry_id, old.title, old.summary, old.held, old.rest);
END;
CREATE TRIGGER gallery_entrytext_changed AFTER UPDATE ON gallery_entrytext BEGIN
    INSERT INTO gallery_entrytext_fts (gallery_entrytext_fts, rowid, title, summary, held, rest)
    VALUES ('delete', old.entry_id, old.title, old.summary, old.held, old.rest);
    INSERT INTO gallery_entrytext_fts (rowid, title, summary, held, rest)
    VALUES (new.entry_id, new.title, new.summary, new.held, new.rest);
END;
INSERT INTO gallery_entrytext_fts (gallery_entrytext_fts) VALUES ('rebuild');
"""
SQLITE_DROP = """
DROP TRIGGER gallery_entrytext_added;
DROP TRIGGER gallery_entrytext_gone;
DROP TRIGGER gallery_entrytext_changed;
DROP TABLE gallery_entrytext_fts;
"""

# gallery_words() blanks what PostgreSQL's parser would take for parts of addresses, paths, numbers
# with signs and hyphenated words; SQLite splits at them anyway. It keeps the length, because
# places found in its result are shown in the original.
POSTGRESQL_CREATE = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TEXT SEARCH DICTIONARY gallery_stem (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION gallery (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION gallery
    ALTER MAPPING FOR asciiword, word, numword WITH unaccent, gallery_stem;
CREATE FUNCTION gallery_words(whole text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE
    LANGUAGE sql RETURN translate(whole, $chars$%(blanked)s$chars$, $blank$%(blanks)s$blank$);
ALTER TABLE gallery_entrytext ADD COLUMN document tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('gallery', gallery_words(title)), 'A') ||
    setweight(to_tsvector('gallery', gallery_words(summary)), 'B') ||
    setweight(to_tsvector('gallery', gallery_words(held)), 'C') ||
    setweight(to_tsvector('gallery', gallery_words(rest)), 'D')
) STORED;
CREATE INDEX gallery_entrytext_document ON gallery_entrytext USING gin (document);
"""
POSTGRESQL_DROP = """
ALTER TABLE gallery_entrytext DROP COLUMN document;
DROP FUNCTION gallery_words;
DROP TEXT SEARCH CONFIGURATION gallery;
DROP TEXT SEARCH DICTIONARY gallery_stem;
"""
BLANKED = "!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~‘’‚“”„–—…·«»‹›\x1e"


def create(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        _script(connection, SQLITE_CREATE)
    if connection.vendor == "postgresql":
        sql = POSTGRESQL_CREATE % {"blanked": BLANKED, "blanks": " " * len(BLANKED)}
        _script(connection, sql)


def drop(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        _script(connection, SQLITE_DROP)
    if connection.vendor == "postgresql":
        _script(connection, POSTGRESQL_DROP)


def _script(connection, sql):
    """Statements end with a semicolon at a line's end that begins in the first column."""
    with connection.cursor() as cursor:
        for statement in _statements(sql):
            cursor.execute(statement)


def _statements(sql):
    statement = ""
    for line in sql.strip().splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and not ("BEGIN" in statement and "END;" not in line):
            yield statement
            statement = ""


class Migration(migrations.Migration):
    dependencies = [("gallery", "0001_entries")]

    operations = [migrations.RunPython(create, drop)]

"""PostgreSQL keeps sets and orders as they come: they are packed already, and are written whole.

Each publication writes both orders anew, which are 800 kB at 100,000 designs; squeezing them took
longer than all else. What is there already changes when it is next written.
"""

from django.db import migrations

COLUMNS = (
    ("gallery_facetset", "numbers"),
    ("gallery_storedorder", "numbers"),
    ("gallery_storedorder", "measures"),
)


def store(how):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return
        for table, column in COLUMNS:
            schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {how}")

    return change


class Migration(migrations.Migration):
    dependencies = [("gallery", "0003_quicker_vectors")]

    operations = [migrations.RunPython(store("EXTERNAL"), store("EXTENDED"))]

from django.db import migrations

from communities import seeds


def load(apps, schema_editor):
    seeds.give_layouts(apps)
    seeds.load_suggestions(apps)


class Migration(migrations.Migration):
    dependencies = [("communities", "0005_structured_sections")]
    # Nothing to undo: what is in rows goes with the one before, and free text was never touched.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

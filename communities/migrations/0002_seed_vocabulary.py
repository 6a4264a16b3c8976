from django.db import migrations

from communities import seeds


def load(apps, schema_editor):
    seeds.load(apps)


class Migration(migrations.Migration):
    dependencies = [("communities", "0001_initial")]
    # Nothing to undo: the tables go with 0001.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

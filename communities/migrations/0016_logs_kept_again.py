"""Triggers for every log as 0015 has them now, also where it ran with fewer."""

from importlib import import_module

from django.db import migrations

logs = import_module("communities.migrations.0015_all_logs_are_kept")


def keep_again(apps, editor):
    logs.let_go(apps, editor)
    logs.keep(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("communities", "0015_all_logs_are_kept")]
    operations = [migrations.RunPython(keep_again, migrations.RunPython.noop)]

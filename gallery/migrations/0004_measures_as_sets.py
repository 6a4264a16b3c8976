"""An order is kept as a set for each amount, of which a publication writes two.

As one long list it was read and written whole. `rebuild_search --check` makes the sets.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gallery", "0003_quicker_vectors")]

    operations = [migrations.DeleteModel(name="StoredOrder")]

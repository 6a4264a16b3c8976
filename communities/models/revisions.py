from django.db import models


class Revisioned(models.Model):
    """Something that two people may edit at once.

    Each form carries the `revision` it was drawn from; services.editing.save_revised writes only
    if nobody was quicker.
    """

    revision = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        "accounts.User", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True

from django.db import models

from ..structure.kinds import BusyKind


class BusyPeriod(models.Model):
    """Days on which many of those who are invited have something else to do; kept by staff."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=BusyKind, default=BusyKind.HOLIDAY)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day", help_text="The same day when it is only one.")

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="busy_period_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.name

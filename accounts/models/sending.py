from django.db import models
from django.utils import timezone


class Sending(models.Model):
    """One form that was taken at a door open to everybody, for counting them (accounts.spam).

    Who sent it and what it was about are keyed digests; the row is deleted after a day.
    """

    door = models.CharField(max_length=20)
    source = models.CharField(max_length=32)
    network = models.CharField(max_length=32)
    about = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["door", "created_at"], name="sendings_at_a_door")]

    def __str__(self):
        return f"{self.door}, {self.created_at:%Y-%m-%d %H:%M}"

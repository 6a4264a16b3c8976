from django.db import models


class Sitting(models.Model):
    """When a person last changed a design; services.sittings says when one sitting ends."""

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="sittings")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    last_change_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"], name="one_sitting_per_person_and_community"
            ),
        ]

    def __str__(self):
        return f"{self.user} at {self.community}"

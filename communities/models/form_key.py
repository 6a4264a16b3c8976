from django.db import models


class FormKey(models.Model):
    """The one-time key of a form that creates something: a second click finds the first result."""

    key = models.UUIDField(unique=True)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    made = models.CharField(max_length=40, help_text="Which model was created.")
    made_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.made} {self.made_id}"

from django.db import models


class UnsavedText(models.Model):
    """What a person sent from a form after their session had ended, until they save or discard it.

    Nobody but `user` is ever shown it.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    fields = models.TextField(help_text="As the form sent them, URL-encoded.")
    had_files = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "path"], name="one_unsaved_text_per_person_and_page"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.path}"

from django.db import models


class DesignImport(models.Model):
    """A file of designs that staff sent in the browser: previewed, then confirmed or forgotten.

    `content` is kept until then and no longer.
    """

    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=120)
    content = models.BinaryField(blank=True, default=b"")
    columns = models.JSONField(default=dict, blank=True)
    publish = models.BooleanField(default=False)
    # communities.importing.Plan.digest of what was previewed.
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    designs = models.PositiveIntegerField("designs made", default=0)
    runs = models.PositiveIntegerField("further runs", default=0)
    confirmed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kept = models.JSONField(default=list, blank=True, help_text="What undoing had to leave.")

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.file_name}, {self.created_at:%Y-%m-%d}"

    @property
    def is_done(self) -> bool:
        return self.confirmed_at is not None

    @property
    def can_be_undone(self) -> bool:
        return self.is_done and self.undone_at is None


class ImportedRun(models.Model):
    """One run that an import made, of a design that it made too or of one known before."""

    design_import = models.ForeignKey(DesignImport, on_delete=models.CASCADE, related_name="made")
    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(
        "Implementation", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_new = models.BooleanField(help_text="Whether the design was made too.")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.community}, from {self.design_import}"

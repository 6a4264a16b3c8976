import uuid

from django.db import models

from ..enums import AttachmentType
from .querysets import AttachmentQuerySet
from .revisions import Revisioned


class Attachment(Revisioned):
    """A document that goes with a community: kept as it was sent, given away as a download only.

    `file` is its name in the storage, `name` what people see. What it is was found by looking into
    it (communities.media.documents), never by its name.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="attachments")
    uploaded_by = models.ForeignKey(
        "accounts.User", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    file = models.CharField(max_length=200, editable=False)
    name = models.CharField(max_length=120, editable=False)
    type = models.CharField(max_length=4, choices=AttachmentType, editable=False)
    bytes = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    caption = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_removed = models.BooleanField(
        "removed by the team",
        default=False,
        editable=False,
        help_text="Gone from the working copy; kept because a version names it.",
    )
    is_hidden = models.BooleanField(
        "hidden by staff", default=False, help_text="Given to nobody but staff, in no version."
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.caption or self.name

    @property
    def folder(self) -> str:
        return f"attachments/{self.key.hex[:2]}/{self.key.hex}"

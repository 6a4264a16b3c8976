import uuid

from django.db import models
from django.utils import timezone

from ..enums import Consent, PhotoKind
from .querysets import PhotoQuerySet
from .revisions import Revisioned


class Photo(Revisioned):
    """A picture that belongs to a community: clean files made by communities.media, and its words.

    `files` is the list of communities.media.PictureFile as JSON, the master first, all below the
    storage folder `folder`.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="photos")
    uploaded_by = models.ForeignKey(
        "accounts.User", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    files = models.JSONField(editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    color = models.CharField(max_length=7, editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    original_name = models.CharField(max_length=120, blank=True, editable=False)

    kind = models.CharField(max_length=20, choices=PhotoKind, default=PhotoKind.PHOTO)
    alt = models.CharField(
        "description", max_length=500, blank=True, help_text="For people who cannot see it."
    )
    is_decorative = models.BooleanField("decorative", default=False)
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=140, blank=True)
    consent = models.CharField(max_length=20, choices=Consent, blank=True)
    consent_holder = models.CharField(
        "who holds the forms", max_length=140, blank=True, help_text="For example: the lead."
    )
    consent_until = models.DateField(
        "agreed until", null=True, blank=True, help_text="The last day on which it may be shown."
    )
    withdrawn_at = models.DateTimeField(
        "consent taken back",
        null=True,
        editable=False,
        help_text="By the link that was given to who consented.",
    )
    # What a crop keeps in sight, in percent from the left and from the top.
    focus_x = models.PositiveSmallIntegerField(default=50, editable=False)
    focus_y = models.PositiveSmallIntegerField(default=50, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_removed = models.BooleanField(
        "removed by the team",
        default=False,
        editable=False,
        help_text="Gone from the working copy; kept because a version shows it.",
    )
    is_hidden = models.BooleanField(
        "hidden by staff", default=False, help_text="Shown to nobody but staff, in no version."
    )

    # Not stored: said once, to whoever uploads an animation.
    frames_dropped = False

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(is_decorative=True) | models.Q(alt=""),
                name="decorative_photo_has_no_description",
            ),
            models.CheckConstraint(
                condition=models.Q(focus_x__lte=100, focus_y__lte=100),
                name="photo_focus_is_in_the_picture",
            ),
        ]

    def __str__(self):
        return self.caption or self.alt or self.original_name or str(self.key)

    @property
    def folder(self) -> str:
        return f"photos/{self.key.hex[:2]}/{self.key.hex}"

    @property
    def is_described(self) -> bool:
        return self.is_decorative or bool(self.alt.strip())

    @property
    def is_agreement_over(self) -> bool:
        """Whether the last day that was agreed on has passed."""
        return self.consent_until is not None and self.consent_until < timezone.localdate()

    @property
    def has_consent(self) -> bool:
        is_settled = self.consent in Consent.settled() and self.withdrawn_at is None
        return is_settled and not self.is_agreement_over

    @property
    def is_withheld(self) -> bool:
        """Hidden by staff, or its people have not agreed, or no longer."""
        return self.is_hidden or not self.has_consent

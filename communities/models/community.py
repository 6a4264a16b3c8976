from django.db import models
from django.urls import reverse
from taggit.managers import TaggableManager

from ..enums import Audience, CommentsAre, Kind, Licence, Mode, TeamRole
from .querysets import CommunityQuerySet
from .revisions import Revisioned
from .vocabulary import CommunityTopic, CommunityValue


class Community(Revisioned):
    """The working copy of one design. The public sees `published_version`, never these fields."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=30, choices=Kind, blank=True)
    mode = models.CharField(max_length=20, choices=Mode, blank=True)
    audience = models.CharField(max_length=30, choices=Audience, blank=True)
    audience_note = models.CharField(
        "who exactly", max_length=140, blank=True, help_text="For example: neighbours, 16 and over."
    )
    summary = models.CharField("in one sentence", max_length=200, blank=True)
    description = models.TextField("what happened, in a paragraph", blank=True)
    purpose_who = models.CharField("who we bring together", max_length=300, blank=True)
    purpose_what = models.CharField("to do what together", max_length=300, blank=True)
    purpose_so_that = models.CharField("so that what becomes possible", max_length=300, blank=True)

    team = models.ManyToManyField("accounts.User", through="TeamMember", related_name="communities")
    cohort = models.ForeignKey(
        "accounts.Cohort",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="communities",
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
        verbose_name="builds on",
    )
    values = TaggableManager(through=CommunityValue, related_name="communities", blank=True)
    topics = TaggableManager(through=CommunityTopic, related_name="communities", blank=True)
    values_revision = models.PositiveIntegerField(default=1, editable=False)
    cover = models.ForeignKey(
        "Photo", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    licence = models.CharField(max_length=30, choices=Licence, default=Licence.CC_BY)
    credit = models.CharField("credit line", max_length=200, blank=True)
    source_url = models.URLField("source", max_length=500, blank=True)
    # Which row of an imported file this is (communities.importing.identity); empty for our own.
    import_key = models.CharField(max_length=64, null=True, unique=True, editable=False)
    needs_staff = models.CharField(
        "for staff to complete", max_length=200, blank=True, editable=False
    )

    created_at = models.DateTimeField(auto_now_add=True)
    published_version = models.OneToOneField(
        "Version", null=True, editable=False, on_delete=models.PROTECT, related_name="published_of"
    )
    published_at = models.DateTimeField("first published", null=True, editable=False)
    # Given once, at the first publication; the gallery lists by it, so it never changes hands.
    catalogue_number = models.PositiveIntegerField(null=True, unique=True, editable=False)

    # Digests (snapshot.InsightNote.digest) of lessons that staff hide, in every version.
    hidden_insights = models.JSONField(default=list, editable=False)
    # Like those it holds at once, whatever version is published.
    comments_are = models.CharField(
        max_length=20, choices=CommentsAre, default=CommentsAre.OPEN, editable=False
    )

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "communities"
        ordering = ["-updated_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_version=None)
                | models.Q(published_at__isnull=False, catalogue_number__isnull=False),
                name="published_community_has_date_and_number",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="community_not_its_own_parent"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("design", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.published_version_id is not None

    @property
    def public_title(self) -> str:
        """What everybody may call it, while its team may be calling it otherwise already.

        One query where the published version is not at hand.
        """
        version = self.published_version
        return version.snapshot["title"] if version else self.title


class TeamMember(models.Model):
    """A person's place in the team, in the order in which the team wants to be named."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        "accounts.User", on_delete=models.CASCADE, related_name="team_memberships"
    )
    role = models.CharField(max_length=20, choices=TeamRole, default=TeamRole.DESIGNER)
    position = models.PositiveSmallIntegerField(default=0)
    # Nobody wrote it down for the teams of the first year.
    joined_at = models.DateTimeField(null=True, editable=False)
    # What happened since is news to this person; the last visit to the design's overview began
    # at the second, and the one before it at the first.
    news_since = models.DateTimeField(null=True, editable=False)
    last_looked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "user"], name="in_a_team_once"),
        ]

    def __str__(self):
        return f"{self.user} in {self.community}"


class OldSlug(models.Model):
    """An address that a community once had; it redirects for ever."""

    slug = models.SlugField(max_length=100, unique=True)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="old_slugs")

    def __str__(self):
        return self.slug

from django.db import models

from ..enums import TeamAction, TeamRole
from .log import Kept, KeptQuerySet


class TeamInvitation(models.Model):
    """What an invitation of kind "team" leads into, and as what."""

    invitation = models.OneToOneField(
        "accounts.Invitation", on_delete=models.CASCADE, related_name="team"
    )
    community = models.ForeignKey(
        "Community", on_delete=models.CASCADE, related_name="team_invitations"
    )
    role = models.CharField(max_length=20, choices=TeamRole, default=TeamRole.DESIGNER)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Into the team of {self.community}"


class TeamEvent(Kept):
    """One change of a team. Rows are only ever added; the team reads them.

    `actor` did it, to `person` or about themselves.
    """

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="team_events")
    action = models.CharField(max_length=20, choices=TeamAction)
    person = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["community", "created_at"])]

    def __str__(self):
        return f"{self.person}: {self.get_action_display()}"

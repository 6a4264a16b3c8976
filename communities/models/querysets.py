"""The words in which the rest of the project asks for rows."""

from django.db import models
from django.utils import timezone

from accounts.roles import is_staff

from ..enums import CommentState, Consent, Status


def has_consent() -> models.Q:
    """Photos whose people agree to be shown today; agrees with Photo.has_consent."""
    is_over = models.Q(consent_until__lt=timezone.localdate(), consent_until__isnull=False)
    return models.Q(consent__in=Consent.settled(), withdrawn_at=None) & ~is_over


class CommunityQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_version__isnull=False)

    def of_team(self, user):
        """Those whose team `user` belongs to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(members__user=user)

    def visible_to(self, user):
        """Working copies that `user` may read; agrees with rules.can_see_working_copy."""
        return self if is_staff(user) else self.of_team(user)


class PhotoQuerySet(models.QuerySet):
    def current(self):
        """Those of the working copy."""
        return self.filter(is_removed=False, is_hidden=False)

    def withheld(self):
        """Never public, whatever version shows them; agrees with Photo.is_withheld."""
        return self.filter(models.Q(is_hidden=True) | ~has_consent())


class AttachmentQuerySet(models.QuerySet):
    def current(self):
        """Those of the working copy."""
        return self.filter(is_removed=False, is_hidden=False)

    def withheld(self):
        """Never public, whatever version names them."""
        return self.filter(is_hidden=True)


class SubmissionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=Status.open())

    def waiting(self):
        """For the reviewers to act on, the longest wait first."""
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at", "pk")

    def visible_to(self, user):
        """Those of one’s own teams, all of them for staff."""
        if is_staff(user):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(community__members__user=user)


class ReportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decided_at=None)

    def about(self, kind: str, key: str):
        return self.filter(kind=kind, key=key)


class CommentQuerySet(models.QuerySet):
    def shown(self):
        """What everybody may read; agrees with rules.is_comment_shown.

        An answer is shown with what it answers.
        """
        is_whole = models.Q(answers=None) | models.Q(answers__state=CommentState.SHOWN)
        return self.of_public_designs().filter(is_whole, state=CommentState.SHOWN)

    def of_public_designs(self):
        return self.filter(community__published_version__isnull=False)

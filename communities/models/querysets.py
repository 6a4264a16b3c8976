"""The words in which the rest of the project asks for rows."""

from django.db import models

from accounts.roles import is_staff

from ..enums import Consent, Status


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
        is_settled = models.Q(consent__in=Consent.settled())
        return self.filter(models.Q(is_hidden=True) | ~is_settled)


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

from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from .models import Cohort, Invitation
from .tokens import LONGEST, digests_of


def running_cohorts():
    """Cohorts whose first and last day enclose today, the newest first."""
    today = timezone.localdate()
    return Cohort.objects.filter(starts_on__lte=today, ends_on__gte=today)


def cohorts_of(user):
    return Cohort.objects.filter(people=user)


def invitation_with(secret: str) -> Invitation | None:
    """The invitation that this secret or code opens, whatever has become of it. One query."""
    if len(secret) > LONGEST or "\x00" in secret:
        return None
    found = Invitation.objects.select_related("cohort", "invited_by")
    return found.filter(token_hash__in=digests_of(secret)).first()


def is_in_cohort(user, cohort: Cohort) -> bool:
    """Whether they have a place, or wait for one. At most two queries."""
    return any(rows.filter(user=user).exists() for rows in (cohort.enrolments, cohort.waiting))


def appeals_address() -> str:
    """Where somebody writes who thinks that a decision about them is wrong."""
    return settings.APPEALS_ADDRESS or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]

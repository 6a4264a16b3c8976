"""Closing an account, and opening it again."""

from django.db import transaction
from django.utils import timezone

from ..models import Suspension, User


class NotSuspended(Exception):
    """Staff do not suspend staff, and nobody is suspended twice."""


@transaction.atomic
def suspend(person: User, *, by: User, reason: str) -> Suspension:
    """Close the account at once, its sessions included. Raises NotSuspended."""
    row = User.objects.select_for_update().get(pk=person.pk)
    if not row.is_active or row.is_staff or row.is_superuser:
        raise NotSuspended
    User.objects.filter(pk=row.pk).update(is_active=False)
    return Suspension.objects.create(user=row, reason=reason, created_by=by)


@transaction.atomic
def lift_suspension(suspension: Suspension, *, by: User, reason: str = "") -> bool:
    """Open the account again; False when somebody did so before."""
    changes = {"lifted_at": timezone.now(), "lifted_by": by, "lift_reason": reason}
    rows = Suspension.objects.filter(pk=suspension.pk, lifted_at=None)
    if not rows.update(**changes):
        return False
    User.objects.filter(pk=suspension.user_id).update(is_active=True)
    return True

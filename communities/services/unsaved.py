"""Keeping what was typed when it could not be saved, for the person who typed it."""

from datetime import timedelta

from django.core import signing
from django.db.models import Q
from django.utils import timezone

from ..models import UnsavedText

SALT = "communities.studio.form"
# As long as anybody leaves a form open; a session ends after two weeks.
KEPT_FOR = timedelta(days=30)
MAX_CHARACTERS = 6_000_000
MAX_PAGES = 20
# Of no use later, or of use only in the session that it was made in.
NOT_KEPT = ("csrfmiddlewaretoken", "drawn_for", "discard_unsaved")


def drawn_for(user) -> str:
    """Goes into every form: says, so that it cannot be forged, whom the form was drawn for."""
    return signing.dumps(user.pk, salt=SALT)


def read_drawn_for(token: str) -> int | None:
    """The key of the person named by the token; None for a forged, damaged or old one."""
    try:
        pk = signing.loads(token[:500], salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return pk if isinstance(pk, int) else None


def keep(user_id: int, *, path: str, fields, had_files: bool = False) -> bool:
    """Keep a form's `fields` (a QueryDict) for this person and page; False when it is too much."""
    fields = fields.copy()
    for name in NOT_KEPT:
        fields.pop(name, None)
    encoded = fields.urlencode()
    if len(encoded) > MAX_CHARACTERS or len(path) > 300:
        return False
    row = UnsavedText(user_id=user_id, path=path, fields=encoded, had_files=had_files)
    # Not in one transaction with the sweep: what was typed stays whatever becomes of that.
    UnsavedText.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["user", "path"],
        update_fields=["fields", "had_files", "created_at"],
    )
    _sweep(user_id)
    return True


def unsaved_for(user, path: str) -> UnsavedText | None:
    oldest = timezone.now() - KEPT_FOR
    return UnsavedText.objects.filter(user=user, path=path, created_at__gt=oldest).first()


def forget(user, path: str) -> None:
    kept = UnsavedText.objects.filter(user=user, path=path)
    # Mostly there is nothing, and deleting that would wait for a turn to write.
    if kept.exists():
        kept.delete()


def _sweep(user_id: int) -> None:
    """What is too old goes, whose ever it is, and what is too much of this person's. One query."""
    newest = UnsavedText.objects.filter(user=user_id).values("pk")[:MAX_PAGES]
    too_old = Q(created_at__lt=timezone.now() - KEPT_FOR)
    too_much = Q(user=user_id) & ~Q(pk__in=newest)
    UnsavedText.objects.filter(too_old | too_much).delete()

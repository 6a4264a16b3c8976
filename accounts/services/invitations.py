"""Invitations by link, by letter or by code: one mechanism, whatever they lead into.

The secret is told once and kept as a keyed hash only, so that the database alone opens no door.
"""

import secrets
import uuid
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..enums import InvitationKind
from ..models import Acceptance, Cohort, Invitation, User
from ..tokens import CODE_LENGTH, CODE_LETTERS, digest_of

SALT = "accounts.invitation.secret"


class InvitationClosed(Exception):
    """It ran out, was taken back, or every use of it is spent."""


class OtherAddress(Exception):
    """It was sent to another address than the one that the person signs in with."""


@dataclass(frozen=True)
class Offer:
    """An invitation with its secret, which nobody is told again."""

    invitation: Invitation
    secret: str


def secret_of(key: uuid.UUID | None, *, by: User) -> str:
    """The secret of the form with this one-time `key`: a second click makes the same one."""
    if key is None:
        return secrets.token_urlsafe(24)
    digest = salted_hmac(SALT, f"{by.pk} {key}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:24]).decode()


def offer(
    *,
    by: User,
    kind: str,
    lasts: timedelta,
    uses: int = 1,
    email: str = "",
    cohort: Cohort | None = None,
    secret: str = "",
) -> Offer:
    """A new invitation. With `email` only whoever signs in with that address may accept it."""
    secret = secret or secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        token_hash=digest_of(secret),
        kind=kind,
        email=email.strip().lower(),
        cohort=cohort,
        invited_by=by,
        expires_at=timezone.now() + lasts,
        uses_left=uses,
    )
    return Offer(invitation, secret)


def new_code() -> str:
    """A secret that people can read out: eight letters and figures that are not mistaken."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


@transaction.atomic
def renew_code(cohort: Cohort, *, by: User, uses: int, lasts: timedelta) -> Offer:
    """A join code in place of every open one of the cohort."""
    codes = Invitation.objects.open().filter(cohort=cohort, email="")
    codes.update(revoked_at=timezone.now())
    return offer(
        by=by,
        kind=InvitationKind.COHORT,
        lasts=lasts,
        uses=uses,
        cohort=cohort,
        secret=new_code(),
    )


def accept(invitation: Invitation, *, user: User) -> None:
    """Spend one use of it on `user`, within the transaction that lets them in.

    Raises InvitationClosed or OtherAddress. Whoever accepted before spends nothing.
    """
    if not invitation.is_for(user):
        raise OtherAddress(invitation.pk)
    with transaction.atomic():
        open_ = Invitation.objects.open().filter(pk=invitation.pk)
        _, is_new = Acceptance.objects.get_or_create(invitation=invitation, user=user)
        if is_new and not open_.update(uses_left=F("uses_left") - 1):
            raise InvitationClosed(invitation.pk)


def revoke(invitation: Invitation) -> None:
    """Nobody can accept it from now on; who has accepted it stays."""
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now())


def renew(invitation: Invitation, *, lasts: timedelta) -> Offer:
    """The same invitation with a new secret and a new end; the old link leads nowhere any more."""
    secret = secrets.token_urlsafe(24)
    invitation.token_hash = digest_of(secret)
    invitation.expires_at = timezone.now() + lasts
    invitation.sent_at = None
    invitation.save(update_fields=["token_hash", "expires_at", "sent_at"])
    return Offer(invitation, secret)

"""A member's public profile: switched on, changed, switched off. Writes once each."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import spam
from accounts.models import Profile, TakenHandle, User

from ..models import TeamMember
from ..signals import announce


class HandleTaken(Exception):
    """Somebody else has it, or had it."""


@transaction.atomic
def save_profile(
    person: User, *, handle: str, pronouns: str, about: str, is_public: bool, is_of_age: bool
) -> Profile:
    """Write it and make every page follow. Raises HandleTaken.

    The handle that they had before leads nowhere, and stays theirs.
    """
    now = timezone.now()
    profile = Profile.objects.select_for_update().filter(user=person).first()
    if is_taken(handle, but_by=person):
        raise HandleTaken(handle)
    if profile is None:
        profile = Profile(user=person)
    elif profile.handle != handle:
        keep_handle(profile.handle, person)
    profile.handle, profile.pronouns, profile.about = handle, pronouns, about
    profile.is_public = is_public
    profile.said_of_age_at = (profile.said_of_age_at or now) if is_of_age else None
    profile.updated_at = now
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError as problem:
        raise HandleTaken(handle) from problem
    _announce(person)
    return profile


def is_taken(handle: str, *, but_by: User) -> bool:
    """2 queries."""
    others = Profile.objects.filter(handle=handle).exclude(user=but_by)
    had = TakenHandle.objects.filter(digest=_digest(handle)).exclude(user=but_by)
    return others.exists() or had.exists()


def keep_handle(handle: str, person: User | None) -> None:
    """Nobody but `person` gets it from now on; of whoever is erased, nobody at all."""
    TakenHandle.objects.update_or_create(digest=_digest(handle), defaults={"user": person})


@transaction.atomic
def forget_profile(person: User) -> None:
    """Of somebody who is erased: nothing but that their handles are not given away."""
    profile = Profile.objects.filter(user=person).first()
    TakenHandle.objects.filter(user=person).update(user=None)
    if profile is not None:
        keep_handle(profile.handle, None)
        profile.delete()
        _announce(person)


def hide_profile(profile: Profile, *, is_hidden: bool) -> None:
    Profile.objects.filter(pk=profile.pk).update(is_hidden=is_hidden)
    _announce(profile.user)


def _digest(handle: str) -> str:
    return spam.digest("handle", handle)


def _announce(person: User) -> None:
    """Their designs name them, with or without a link."""
    announce(TeamMember.objects.filter(user=person).values_list("community_id", flat=True))

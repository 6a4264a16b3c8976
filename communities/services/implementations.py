from django.db import transaction
from django.utils import timezone

from ..models import Community, Implementation, Reflection, Session
from .editing import create_once, save_revised, write_revised


def add_implementation(community: Community, *, by, key=None, sessions=(), **facts):
    """One more time the community ran, or is to run; `sessions` are dicts of Session fields."""

    @transaction.atomic
    def make():
        made = Implementation.objects.create(community=community, updated_by=by, **facts)
        _replace_sessions(made, sessions)
        return made

    return create_once(key, by=by, make=make)


@transaction.atomic
def save_implementation(
    implementation: Implementation, *, by, revision: int, sessions=None, **facts
) -> Implementation:
    """Raises Stale. `sessions` None leaves them as they are."""
    write_revised(implementation, by=by, revision=revision, **facts)
    if sessions is not None:
        _replace_sessions(implementation, sessions)
    return implementation


def _replace_sessions(implementation: Implementation, sessions) -> None:
    implementation.sessions.all().delete()
    Session.objects.bulk_create(
        Session(implementation=implementation, **session) for session in sessions
    )


def add_reflection(implementation: Implementation, *, by, key=None, **answers) -> Reflection:
    """`author` None speaks for the whole team; the prompts are Reflection.PROMPTS."""

    def make():
        return Reflection.objects.create(implementation=implementation, updated_by=by, **answers)

    return create_once(key, by=by, make=make)


def save_reflection(reflection: Reflection, *, by, revision: int, **answers) -> Reflection:
    """Raises Stale."""
    return save_revised(reflection, by=by, revision=revision, **answers)


def announce(implementation: Implementation, *, by, revision: int) -> None:
    """From now on people are invited. Raises Stale. A second time changes nothing."""
    if implementation.announced_at is None:
        save_revised(implementation, by=by, revision=revision, announced_at=timezone.now())


def take_announcement_back(implementation: Implementation, *, by, revision: int) -> None:
    """Raises Stale. Of what is not announced it changes nothing."""
    if implementation.announced_at is not None:
        save_revised(implementation, by=by, revision=revision, announced_at=None)

"""Saving what two people may edit at once, and creating what a second click must not repeat."""

import uuid

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from ..models import FormKey
from .sittings import keep_before


class Stale(Exception):
    """Somebody saved first. `current` is the row as it is now; nothing was written."""

    def __init__(self, current: models.Model):
        # Not its own words: they may ask the database.
        super().__init__(f"{type(current).__name__} {current.pk}")
        self.current = current


def save_revised(instance, *, by, revision: int, **changes):
    """Write `changes` to the row if it is still at `revision`, else raise Stale.

    Returns the instance, which is brought up to date as well. Two queries, and the safety net of
    services.sittings when this is the first change of a sitting.
    """
    with transaction.atomic():
        return write_revised(instance, by=by, revision=revision, **changes)


def write_revised(instance, *, by, revision: int, **changes):
    """The same as a part of the caller's transaction, which Stale has to undo."""
    changes |= {"revision": revision + 1, "updated_at": timezone.now(), "updated_by": by}
    rows = type(instance)._base_manager.filter(pk=instance.pk, revision=revision)
    keep_before(instance, by=by, rows=rows)
    if not rows.update(**changes):
        # A row that was removed a moment ago is compared with what it last said.
        found = type(instance)._base_manager.select_related("updated_by")
        raise Stale(found.filter(pk=instance.pk).first() or instance)
    for name, value in changes.items():
        setattr(instance, name, value)
    return instance


@transaction.atomic
def remove_revised(instance, *, by, revision: int) -> None:
    """Delete the row if it is still at `revision`, else raise Stale. Gone already is gone."""
    model = type(instance)
    rows = model._base_manager.filter(pk=instance.pk, revision=revision)
    keep_before(instance, by=by, rows=rows)
    deleted, _ = rows.delete()
    if not deleted and (current := model._base_manager.filter(pk=instance.pk).first()):
        raise Stale(current)


def create_once(key, *, by, make):
    """What `make()` creates, or what it created when the same form `key` first came in.

    `key` is the uuid of a form; None creates without the guard. Returns the instance. What was
    removed since is made again.
    """
    if key is None:
        return make()
    own_key = _own_key(key, by)
    known = FormKey.objects.filter(key=own_key, user=by).first()
    if known and (first := _made_by(known)):
        return first
    try:
        with transaction.atomic():
            if known:
                # Only what was seen to have lost its row: the same form may be coming in again.
                FormKey.objects.filter(pk=known.pk).delete()
            made = make()
            FormKey.objects.create(key=own_key, user=by, made=made._meta.label, made_id=made.pk)
            return made
    except IntegrityError:
        if first := created_before(key, by=by):
            return first
        raise


def created_before(key, *, by) -> models.Model | None:
    """What a form with this key has made and is still there. At most two queries."""
    known = FormKey.objects.filter(key=_own_key(key, by), user=by).first() if key else None
    return _made_by(known) if known else None


def _made_by(known: FormKey) -> models.Model | None:
    return apps.get_model(known.made)._base_manager.filter(pk=known.made_id).first()


def _own_key(key: uuid.UUID, by) -> uuid.UUID:
    """A key speaks for one person only."""
    return uuid.uuid5(key, str(by.pk))

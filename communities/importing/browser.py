"""An import in the browser: received, previewed, confirmed exactly as it was previewed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..models import DesignImport
from .checking import Checked, check_rows
from .noting import note
from .reading import rows_of_bytes
from .writing import write

# More take longer than somebody should wait for an answer; the command has no limit.
MOST_ROWS = 500
KEPT_FOR = timedelta(hours=2)
MOST_KEPT = 5


class Changed(Exception):
    """What the file would do is no longer what was previewed."""


class Gone(Exception):
    """The preview is too old, was confirmed already, or never was this person's."""


def receive(
    content: bytes, *, by, name: str, columns: dict[str, str], publish: bool
) -> tuple[DesignImport, Checked]:
    """Keep a file for its preview. Raises Unreadable; then nothing is kept."""
    checked = _checked(content, name=name, columns=columns)
    _sweep(by)
    made = DesignImport.objects.create(
        by=by,
        file_name=name[-120:],
        content=content,
        columns=columns,
        publish=publish,
        digest=checked.plan.digest,
    )
    return made, checked


def preview_of(found: DesignImport) -> Checked:
    """What the file would do now. Raises Gone for one that was kept too long."""
    if found.is_done or found.created_at < timezone.now() - KEPT_FOR:
        raise Gone(found.pk)
    return _checked(bytes(found.content), name=found.file_name, columns=found.columns)


@transaction.atomic
def confirm(found: DesignImport, *, by) -> DesignImport:
    """Write what was previewed, all of it or nothing. Raises Gone or Changed."""
    locked = DesignImport.objects.select_for_update().filter(pk=found.pk, by=by).first()
    if locked is None:
        raise Gone(found.pk)
    checked = preview_of(locked)
    plan = checked.plan
    if checked.broken or plan.digest != locked.digest:
        raise Changed(locked.pk)
    write(plan, by=by, publish=locked.publish, progress=lambda done: None)
    note(locked, plan)
    return locked


def look_again(found: DesignImport, checked: Checked) -> None:
    """The new preview is the one that counts."""
    DesignImport.objects.filter(pk=found.pk).update(digest=checked.plan.digest)


def _checked(content: bytes, *, name: str, columns: dict[str, str]) -> Checked:
    return check_rows(rows_of_bytes(content, name=name, columns=columns), most=MOST_ROWS)


def _sweep(by) -> None:
    """Previews nobody confirmed: old ones of everybody, and all but the last few of one's own."""
    open_ = DesignImport.objects.filter(confirmed_at=None)
    open_.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    mine = open_.filter(by=by)
    newest = list(mine.values_list("pk", flat=True)[: MOST_KEPT - 1])
    mine.exclude(pk__in=newest).delete()

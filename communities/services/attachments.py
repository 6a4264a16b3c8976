"""Documents that go with a design."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from ..media import Refused, delete_all
from ..media.documents import receive_document
from ..models import Attachment, Community
from ..signals import announce
from .editing import Stale, create_once, created_before, save_revised
from .photo_files import told_when_full
from .sittings import keep_before


@told_when_full()
def add_attachment(community: Community, *, by, upload, key=None, caption="") -> Attachment:
    """Store the file and a row for it, together or not at all. Raises media.Refused.

    `key` is the one-time key of the form.
    """
    if first := created_before(key, by=by):
        return first
    _refuse_when_full(community, by)
    row = Attachment(community=community, uploaded_by=by, updated_by=by, caption=caption)
    document = receive_document(
        upload,
        storage=default_storage,
        folder=row.folder,
        max_bytes=settings.ATTACHMENT_MAX_BYTES,
    )
    for name in ("file", "name", "type", "bytes", "sha256"):
        setattr(row, name, getattr(document, name))
    try:
        made = create_once(key, by=by, make=lambda: _hang(row))
    except BaseException:
        delete_all(default_storage, [document.file])
        raise
    if made is not row:
        delete_all(default_storage, [document.file])
    return made


@transaction.atomic
def _hang(row: Attachment) -> Attachment:
    community = _locked(row.community_id)
    _refuse_when_full(community, row.uploaded_by)
    last = community.attachments.order_by("-position").values_list("position", flat=True).first()
    row.position = 0 if last is None else last + 1
    row.save()
    return row


def _locked(community_id: int) -> Community:
    return Community.objects.select_for_update().get(pk=community_id)


def _refuse_when_full(community: Community, by) -> None:
    most = settings.ATTACHMENTS_PER_COMMUNITY
    if community.attachments.current().count() >= most:
        raise Refused("too_many", f"A design holds at most {most} attachments. Remove one first.")
    most = settings.ATTACHMENTS_PER_PERSON
    if Attachment.objects.filter(uploaded_by=by).count() >= most:
        raise Refused(
            "too_many",
            f"You have uploaded {most} attachments, which is the most for one person. Remove one"
            " first, or ask the staff.",
        )


def describe_attachment(row: Attachment, *, by, revision: int, caption: str) -> None:
    """Raises Stale."""
    save_revised(row, by=by, revision=revision, caption=caption)


@transaction.atomic
def move_attachment(row: Attachment, *, steps: int) -> None:
    """Change places with the neighbours: -1 is one up, 1 is one down; past the end is the end."""
    rows = list(_locked(row.community_id).attachments.current())
    if row not in rows:
        return
    at = rows.index(row)
    rows.insert(min(max(at + steps, 0), len(rows) - 1), rows.pop(at))
    reorder_attachments(rows)


def reorder_attachments(rows: list[Attachment]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    Attachment.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_attachment(row: Attachment, *, by, revision: int) -> None:
    """Out of the working copy; the file goes too unless a version names it. Raises Stale."""
    _locked(row.community_id)
    if not Attachment.objects.filter(pk=row.pk, revision=revision).exists():
        current = Attachment.objects.filter(pk=row.pk).first()
        if current is None:
            return
        raise Stale(current)
    keep_before(row, by=by, rows=Attachment.objects.filter(pk=row.pk))
    if row.versions.exists():
        Attachment.objects.filter(pk=row.pk).update(is_removed=True)
        return
    name = row.file
    row.delete()
    # A file that cannot be deleted now is logged and left to the sweep.
    transaction.on_commit(lambda: delete_all(default_storage, [name]), robust=True)


@transaction.atomic
def hide_attachments(rows: list[Attachment], *, is_hidden: bool) -> None:
    """Give them to nobody but staff, in no version; or to everybody again."""
    changed = [row for row in rows if row.is_hidden != is_hidden]
    Attachment.objects.filter(pk__in=[row.pk for row in changed]).update(is_hidden=is_hidden)
    if changed:
        announce({row.community_id for row in changed})

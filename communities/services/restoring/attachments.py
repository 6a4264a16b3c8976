"""The documents of a version with their captions and their order."""

from django.core.files.storage import default_storage

from ...models import Attachment, Community
from ...snapshot import Snapshot
from ..attachments import describe_attachment, remove_attachment, reorder_attachments


def bring_back_attachments(community: Community, wanted: Snapshot, *, by, left_out: list[str]):
    rows = {row.key.hex: row for row in community.attachments.all()}
    places = {note.key: place for place, note in enumerate(wanted.attachments)}
    for key, row in rows.items():
        if key not in places and not row.is_removed and not row.is_hidden:
            remove_attachment(row, by=by, revision=row.revision)
    for note in wanted.attachments:
        row = rows.get(note.key)
        if row is None or row.is_hidden or not default_storage.exists(row.file):
            name = note.caption or note.name
            left_out.append(f"The attachment “{name}” is gone or was withdrawn.")
        elif row.is_removed or row.caption != note.caption:
            Attachment.objects.filter(pk=row.pk).update(is_removed=False)
            describe_attachment(row, by=by, revision=row.revision, caption=note.caption)
    shown = list(community.attachments.current())
    reorder_attachments(sorted(shown, key=lambda row: places.get(row.key.hex, len(places))))

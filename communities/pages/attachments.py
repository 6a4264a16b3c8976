"""A document that goes with a design, as a line on its page."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from ..enums import AttachmentType
from ..snapshot import AttachmentNote, Snapshot


@dataclass(frozen=True, kw_only=True)
class AttachmentView:
    """`facts` is its kind and size in words."""

    url: str
    label: str
    facts: str


def attachment_view(note: AttachmentNote) -> AttachmentView:
    """No query."""
    known = note.type in AttachmentType.values
    kind = AttachmentType(note.type).label if known else note.type
    return AttachmentView(
        url=attachment_url(note),
        label=note.caption or note.name,
        facts=f"{kind}, {filesizeformat(note.bytes)}",
    )


def attachment_url(note: AttachmentNote) -> str:
    """Answers to whoever may see the design, and 404 to others."""
    return reverse("attachment", args=[note.key, note.name])


def attachments_of(snapshot: Snapshot) -> tuple[AttachmentView, ...]:
    return tuple(attachment_view(note) for note in snapshot.attachments)

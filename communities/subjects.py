"""What can be reported: found by the kind and key of its address, named, and whether it is shown.

A key is stable: the catalogue number of a design, the key of a picture, the number of a comment or
profile, and for an insight the number of its design with the digest of its words. A new kind is one
function more.
"""

import re
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Profile, User

from .enums import CommentState, ReportedKind
from .models import Comment, Community, Photo, Report
from .rules import is_comment_shown, is_photo_public
from .snapshot import InsightNote, PhotoNote, Snapshot

# Within the integers of both databases.
NUMBER = re.compile("[1-9][0-9]{0,8}")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """`is_hidden` by staff or until they decide; `is_shown` to the public now.

    `maker` made it alone: a comment or profile. A profile has no `community`; a visitor’s comment
    has no maker.
    """

    kind: ReportedKind
    key: str
    community: Community | None
    title: str
    url: str
    is_hidden: bool
    is_shown: bool
    is_gone: bool = False
    photo: Photo | None = None
    note: PhotoNote | None = None
    insight: InsightNote | None = None
    comment: Comment | None = None
    profile: Profile | None = None
    maker: User | None = None

    @property
    def noun(self) -> str:
        return self.kind.label.lower()

    @property
    def is_of_one(self) -> bool:
        """Made by one person, not by a team."""
        return self.kind in (ReportedKind.COMMENT, ReportedKind.PROFILE)


def insight_key(number: int, insight: InsightNote) -> str:
    return f"{number}-{insight.digest}"


def find(kind: str, key: str) -> Subject | None:
    """Something that is or was published, by its address. At most 3 queries."""
    if kind not in _FINDERS or len(key) > 80:
        return None
    return _FINDERS[kind](key)


def subject_of(report: Report) -> Subject:
    """As it is now. Of what is deleted or no longer published, what the report says of it."""
    return find(report.kind, report.key) or Subject(
        kind=ReportedKind(report.kind),
        key=report.key,
        community=report.community,
        maker=report.maker,
        title=report.title,
        url="",
        is_hidden=False,
        is_shown=False,
        is_gone=True,
    )


def _design(key: str) -> Subject | None:
    community = _numbered(key)
    if community is None:
        return None
    version = community.published_version
    return Subject(
        kind=ReportedKind.DESIGN,
        key=key,
        community=community,
        title=community.public_title,
        url=community.get_absolute_url(),
        is_hidden=version is None,
        is_shown=version is not None,
    )


def _photo(key: str) -> Subject | None:
    if not re.fullmatch("[0-9a-f]{32}", key):
        return None
    photos = Photo.objects.select_related("community__published_version")
    photo = photos.filter(key=key, versions__isnull=False).distinct().first()
    if photo is None:
        return None
    community, note = photo.community, None
    if community.published_version:
        snapshot = Snapshot.from_json(community.published_version.snapshot)
        note = next((one for one in snapshot.photos if one.key == key), None)
    # As it was published: the team may have written on since, and that is nobody else's to read.
    title = f"A picture of “{community.public_title}”"
    caption = note.caption if note else photo.caption
    return Subject(
        kind=ReportedKind.PHOTO,
        key=key,
        community=community,
        title=f"{title}: {caption}" if caption else title,
        url=reverse("design_picture", args=[community.slug, key]),
        is_hidden=photo.is_hidden or photo.withdrawn_at is not None,
        is_shown=is_photo_public(photo),
        photo=photo,
        note=note,
    )


def _insight(key: str) -> Subject | None:
    number, _, digest = key.partition("-")
    community = _numbered(number)
    if community is None or community.published_version is None:
        return None
    snapshot = Snapshot.from_json(community.published_version.snapshot)
    insight = next((note for note in snapshot.insights if note.digest == digest), None)
    if insight is None:
        return None
    is_hidden = digest in community.hidden_insights
    return Subject(
        kind=ReportedKind.INSIGHT,
        key=key,
        community=community,
        title=insight.headline,
        url=f"{community.get_absolute_url()}#learned",
        is_hidden=is_hidden,
        is_shown=not is_hidden,
        insight=insight,
    )


def _comment(key: str) -> Subject | None:
    if not NUMBER.fullmatch(key):
        return None
    related = ("community__published_version", "author", "answers")
    comment = Comment.objects.select_related(*related).filter(pk=int(key)).first()
    if comment is None or comment.state not in (CommentState.SHOWN, CommentState.HIDDEN):
        return None
    community = comment.community
    return Subject(
        kind=ReportedKind.COMMENT,
        key=key,
        community=community,
        title=f"A comment by {comment.who} on “{community.public_title}”",
        url=f"{reverse('design_comments', args=[community.slug])}#comment-{comment.pk}",
        is_hidden=comment.state == CommentState.HIDDEN,
        is_shown=is_comment_shown(comment),
        comment=comment,
        maker=comment.author,
    )


def _profile(key: str) -> Subject | None:
    if not NUMBER.fullmatch(key):
        return None
    profile = Profile.objects.select_related("user").filter(pk=int(key)).first()
    if profile is None or not (profile.is_shown or profile.is_hidden):
        return None
    return Subject(
        kind=ReportedKind.PROFILE,
        key=key,
        community=None,
        title=f"The profile of {profile.user}",
        url=reverse("person", args=[profile.handle]),
        is_hidden=profile.is_hidden,
        is_shown=profile.is_shown,
        profile=profile,
        maker=profile.user,
    )


def _numbered(key: str) -> Community | None:
    """A design that is or was published, by its number in the catalogue."""
    if not NUMBER.fullmatch(key):
        return None
    communities = Community.objects.select_related("published_version")
    return communities.filter(catalogue_number=int(key)).first()


_FINDERS = {
    ReportedKind.DESIGN.value: _design,
    ReportedKind.PHOTO.value: _photo,
    ReportedKind.INSIGHT.value: _insight,
    ReportedKind.COMMENT.value: _comment,
    ReportedKind.PROFILE.value: _profile,
}

"""Fetch-or-404 with permission: one function per noun and mode.

Outsiders get 404, so that an address never tells whether something exists.
"""

from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import Cohort
from accounts.roles import is_staff

from . import rules
from .models import (
    Attachment,
    Comment,
    Community,
    DesignImport,
    OldSlug,
    Photo,
    Report,
    Submission,
    Version,
)
from .subjects import Subject, find

# PostgreSQL's bigint; a larger number in an address is an address of nothing.
LARGEST_ID = 2**63 - 1


def _first_or_404(queryset: QuerySet):
    found = queryset.first()
    if found is None:
        raise Http404
    return found


def community_to_see(user, slug: str, *, among=Community.objects) -> Community:
    """The working copy, for its team and for staff."""
    return _first_or_404(among.visible_to(user).filter(slug=slug))


def community_to_edit(user, slug: str, *, among=Community.objects) -> Community:
    """The working copy, for its team only."""
    return _first_or_404(among.of_team(user).filter(slug=slug))


def published_at(slug: str) -> Community:
    """The published design at an address that it has or once had; its `slug` tells which.

    One query, two for an old address.
    """
    published = Community.objects.published().select_related("published_version")
    if community := published.filter(slug=slug).first():
        return community
    old = _first_or_404(OldSlug.objects.filter(slug=slug))
    return _first_or_404(published.filter(pk=old.community_id))


def comment_to_answer(user, slug: str, pk: int) -> Comment:
    """One that is shown, for the team of its design."""
    community = _first_or_404(Community.objects.published().of_team(user).filter(slug=slug))
    comments = community.comments.shown().filter(answers=None).select_related("author")
    comment = part_to_edit(comments, pk)
    comment.community = community
    return comment


def comment_to_take_back(user, slug: str, pk: int) -> Comment:
    """For its author, as long as it may be taken back."""
    comments = Comment.objects.of_public_designs().filter(community__slug=slug)
    comment = part_to_edit(comments.select_related("community__published_version"), pk)
    if not rules.can_take_back(user, comment):
        raise Http404
    return comment


def part_to_edit(queryset: QuerySet, pk: int):
    """One of a community's parts, by a related manager the caller already has the right to."""
    if pk > LARGEST_ID:
        raise Http404
    return _first_or_404(queryset.filter(pk=pk))


def version_to_see(user, slug: str, number: int) -> Version:
    community = community_to_see(user, slug)
    return _first_or_404(community.versions.filter(number=min(number, 2**31 - 1)))


def cohort_to_manage(user, slug: str, *, among=Cohort.objects) -> Cohort:
    """For staff."""
    if not is_staff(user):
        raise Http404
    return _first_or_404(among.filter(slug=slug))


def import_to_see(user, pk: int) -> DesignImport:
    """For staff; a file that is only previewed is its sender’s alone."""
    if not is_staff(user):
        raise Http404
    imports = DesignImport.objects.select_related("by", "undone_by")
    return part_to_edit(imports.exclude(~Q(by=user), confirmed_at=None), pk)


def submission_to_review(user, pk: int) -> Submission:
    """A submission with the design that it builds on, for staff who are not on its team."""
    submissions = Submission.objects.visible_to(user)
    related = ("version", "community__parent__published_version", "reader")
    submission = part_to_edit(submissions.select_related(*related), pk)
    if not rules.can_review(user, submission):
        raise Http404
    return submission


def photo_to_see(user, key) -> Photo:
    photo = _first_or_404(Photo.objects.select_related("community").filter(key=key))
    if not rules.can_see_photo(user, photo):
        raise Http404
    return photo


def subject_to_report(kind: str, key: str, *, is_sent: bool) -> Subject:
    """Something the public sees. What was hidden while somebody wrote about it takes the words."""
    subject = find(kind, key)
    if subject is None or not (subject.is_shown or is_sent):
        raise Http404
    return subject


def report_to_decide(user, pk: int) -> Report:
    """For staff who are not on the team of what was reported."""
    report = part_to_edit(Report.objects.select_related("community"), pk)
    if not rules.can_decide_report(user, report):
        raise Http404
    return report


def attachment_to_see(user, key) -> Attachment:
    found = _first_or_404(Attachment.objects.select_related("community").filter(key=key))
    if not rules.can_see_attachment(user, found):
        raise Http404
    return found

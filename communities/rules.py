"""Who may do what. Every address that touches an object asks the same predicate.

Each costs at most one query, none for visitors.
"""

from django.conf import settings

from accounts.roles import is_staff

from .enums import CommentsAre, CommentState, Side
from .models import Attachment, Comment, Community, Photo, Reflection, Report, Submission


def is_on_team(user, community: Community) -> bool:
    return user.is_authenticated and community.members.filter(user=user).exists()


def can_see_working_copy(user, community: Community) -> bool:
    return is_staff(user) or is_on_team(user, community)


def may_speak_for(user, reflection: Reflection) -> bool:
    """One's own words and the team's, never a teammate's own. For members of the team; no query."""
    return reflection.author_id in (None, user.pk)


def may_hear(user, reflections) -> bool:
    """Whether a member of the team may read all that was written about one run.

    Their own answers first: once they have answered, or the team has spoken together. No query.
    """
    heard = any(told.author_id in (None, user.pk) and told.has_words for told in reflections)
    return heard or reads_everything(user)


def reads_everything(user) -> bool:
    """Staff read what each member of a team wrote; members answer themselves first."""
    return is_staff(user)


def side_of(user, submission: Submission) -> Side | None:
    """Staff review, but nobody decides about a design of their own team."""
    if is_on_team(user, submission.community):
        return Side.TEAM
    return Side.REVIEWER if is_staff(user) else None


def can_review(user, submission: Submission) -> bool:
    return side_of(user, submission) is Side.REVIEWER


def can_see_photo(user, photo: Photo) -> bool:
    """The public sees what the published version shows; hidden pictures only staff."""
    if photo.is_hidden:
        return is_staff(user)
    return is_photo_public(photo) or can_see_working_copy(user, photo.community)


def is_photo_public(photo: Photo) -> bool:
    version_id = photo.community.published_version_id
    return (
        not photo.is_withheld
        and version_id is not None
        and photo.versions.filter(pk=version_id).exists()
    )


def can_decide_report(user, report: Report) -> bool:
    """Staff, but nobody decides about what they or their own team made."""
    if not is_staff(user) or report.maker_id == user.pk:
        return False
    return report.community is None or not is_on_team(user, report.community)


def can_see_attachment(user, attachment: Attachment) -> bool:
    """The public gets what the published version names; hidden ones only staff."""
    if attachment.is_hidden:
        return is_staff(user)
    return is_attachment_public(attachment) or can_see_working_copy(user, attachment.community)


def is_attachment_public(attachment: Attachment) -> bool:
    version_id = attachment.community.published_version_id
    return (
        not attachment.is_hidden
        and version_id is not None
        and attachment.versions.filter(pk=version_id).exists()
    )


def is_comment_shown(comment: Comment) -> bool:
    """To everybody. No query where its design and what it answers are at hand."""
    answered = comment.answers
    return (
        comment.state == CommentState.SHOWN
        and comment.community.is_published
        and (answered is None or answered.state == CommentState.SHOWN)
    )


def takes_comments(community: Community) -> bool:
    """By those who are not in its team; the site may take none at all. No query."""
    return settings.COMMENTS and community.comments_are == CommentsAre.OPEN


def may_switch_comments(user, community: Community) -> bool:
    """Its team and staff; what staff closed, staff open."""
    if is_staff(user):
        return True
    is_theirs = community.comments_are != CommentsAre.CLOSED_BY_STAFF
    return is_theirs and is_on_team(user, community)


def can_take_back(user, comment: Comment) -> bool:
    """Its author, for a while. No query."""
    return user.is_authenticated and comment.author_id == user.pk and comment.may_be_regretted

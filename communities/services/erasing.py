"""Taking a person out of the site: the account, and the name wherever it was written.

What they made with others stays, without them; the facts of the log stay as well. What becomes of
each trace stands in services.traces.
"""

from functools import reduce

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.urls import reverse

from accounts.models import Cohort, Invitation, Notice, Profile, User
from accounts.people import close_account
from accounts.services import give_up_place

from .. import workflow
from ..enums import Action, ReportedKind, Status, TeamAction, TeamRole
from ..media import delete_all
from ..models import (
    Comment,
    Community,
    DesignImport,
    Photo,
    Remark,
    Report,
    Submission,
    SubmissionEvent,
    TeamEvent,
    TeamMember,
    log_opened,
)
from ..models.log import rewrite
from ..signals import announce
from .profiles import forget_profile
from .redacting import NOBODY, Words, take_out
from .talking import forget_comments
from .traces import DESIGN_OF, RELATIONS, Fate


@transaction.atomic
def erase(person: User, *, by: User) -> None:
    """Close the account for good and take its name out of every design it belonged to.

    Drafts of a team in which nobody else ever was, and that were never submitted, are deleted. An
    open submission of a design that nobody is left to answer for is withdrawn. Published designs
    stay public without the name. `by` is the person, or the staff who were asked.
    """
    words = _words_of(person)
    known = [words, *(Words(name) for name in person.former_names)]
    designs = _belonged(person)
    for design in Community.objects.filter(members__user=person):
        if _leave(design, person, by=by):
            designs.discard(design.pk)
    _stop_reading(person)
    _forget_what_was_said(person, words)
    for address in words.addresses:
        if address.startswith("/"):
            Notice.objects.filter(path__startswith=f"{address}/").update(path=reverse("home"))
    forget_profile(person)
    _let_go(person)
    close_account(person, name=NOBODY)
    further = set().union(*(take_out(one, person, designs) for one in known))
    noted = SubmissionEvent.objects.filter(_mentions(words.addresses))
    designs |= set(noted.values_list("submission__community", flat=True))
    workflow.redact(designs, lambda note: reduce(_without, known, note), by=by)
    announce(designs | further)


def _without(note: str, words: Words) -> str:
    return words.out_of(note)


def _words_of(person: User) -> Words:
    known = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    profile = Profile.objects.filter(user=person).first()
    handle = profile.handle if profile else ""
    # People leave out the last slash.
    page = reverse("person", args=[handle]).rstrip("/") if handle else ""
    pages = [page, f"@{handle}"] if handle else []
    return Words(person.name, tuple({person.email, *known, *pages}), handle)


def _belonged(person: User) -> set[int]:
    """Designs in whose rows they stand, whatever they did there."""
    found: set[int] = set()
    for relation in RELATIONS:
        label, _, field = relation.rpartition(".")
        if path := DESIGN_OF.get(label):
            rows = models.QuerySet(apps.get_model(label)).filter(**{field: person})
            found |= set(rows.order_by().values_list(path, flat=True))
    return found


def _leave(design: Community, person: User, *, by: User) -> bool:
    """Whether the design is gone with them."""
    others = design.members.exclude(user=person)
    if not others.exists():
        if not design.submissions.exists() and not _was_shared(design, person):
            _delete(design)
            return True
        _withdraw(design, person)
    elif not others.filter(role=TeamRole.LEAD, user__is_active=True).exists():
        # Whoever can sign in comes before who cannot.
        heir = others.order_by("-user__is_active", "position", "pk").first()
        TeamMember.objects.filter(pk=heir.pk).update(role=TeamRole.LEAD)
        _log(design, TeamAction.LEADS, heir.user, by=by)
    design.members.filter(user=person).delete()
    _log(design, TeamAction.LEFT, person, by=by)
    return False


def _was_shared(design: Community, person: User) -> bool:
    """Whether the log of its team tells of others, which is theirs to rely on."""
    return TeamEvent.objects.filter(community=design).exclude(person=person).exists()


def _delete(design: Community) -> None:
    """With the files of its pictures and attachments."""
    names = list(design.attachments.values_list("file", flat=True))
    for files in design.photos.values_list("files", flat=True):
        names += [file["name"] for file in files]
    Community.objects.filter(pk=design.pk).update(cover=None)
    with log_opened():
        design.delete()
    # A file that cannot be deleted now is logged and left to the sweep.
    transaction.on_commit(lambda: delete_all(default_storage, names), robust=True)


def _log(design: Community, action: TeamAction, person: User, *, by: User) -> None:
    TeamEvent.objects.create(community=design, action=action, person=person, actor=by)


def _withdraw(design: Community, person: User) -> None:
    submission = design.submissions.open().select_related("community", "version").first()
    if submission:
        revision = submission.revision
        workflow.move(submission, Action.WITHDRAW, by=person, revision=revision)


def _stop_reading(person: User) -> None:
    """What they were reading is for the other reviewers at once; nobody will send their drafts."""
    waiting = Submission.objects.filter(reader=person, status=Status.SUBMITTED)
    for submission in waiting.select_related("community"):
        workflow.take(submission, Action.RELEASE, by=person)
    Remark.objects.filter(author=person, sent_at=None).delete()


def _forget_what_was_said(person: User, words: Words) -> None:
    """Their comments, what others were told of them, and what visitors' forms keep of them."""
    mine = list(Comment.objects.filter(author=person).values_list("pk", flat=True))
    for number in mine:
        told = models.Q(key__in=[f"comment {number}", f"answer {number}"])
        Notice.objects.filter(told | models.Q(key__startswith=f"comment {number} ")).delete()
    forget_comments(person)
    kinds = (ReportedKind.COMMENT, ReportedKind.PROFILE)
    for report in Report.objects.filter(maker=person, kind__in=kinds):
        rewrite(report, title=f"{report.get_kind_display()}: {NOBODY}")
    emails = models.Q()
    for address in words.addresses:
        emails |= models.Q(email__iexact=address)
    Comment.objects.filter(emails).update(email="", name=NOBODY, source="")
    Report.objects.filter(emails).update(email="")
    Invitation.objects.filter(emails, acceptances=None).delete()
    # Who joined by which invitation is a fact; without its address nobody else may use it.
    Invitation.objects.filter(emails).update(email="", uses_left=0)


def _let_go(person: User) -> None:
    """Rows that end with them. A place in a cohort goes to who waits for it."""
    for cohort in Cohort.objects.filter(
        models.Q(enrolments__user=person) | models.Q(waiting__user=person)
    ).distinct():
        give_up_place(person, cohort=cohort)
    for relation, fate in RELATIONS.items():
        if fate is Fate.ENDS:
            label, _, field = relation.rpartition(".")
            models.QuerySet(apps.get_model(label)).filter(**{field: person}).delete()
    DesignImport.objects.filter(by=person, confirmed_at=None).delete()
    Photo.objects.filter(uploaded_by=person).update(original_name="")
    kind = ContentType.objects.get_for_model(User)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(person.pk))
    entries.update(object_repr=NOBODY)


def _mentions(addresses) -> models.Q:
    found = models.Q()
    for address in addresses:
        found |= models.Q(note__icontains=address)
    return found

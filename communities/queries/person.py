"""What the site keeps about one person, for them to take along."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Model, Q

from accounts.models import (
    Acceptance,
    Enrolment,
    Invitation,
    Notice,
    Profile,
    Suspension,
    UnwantedLetters,
    User,
    Waiting,
)

from ..models import (
    Attachment,
    Comment,
    Community,
    DesignImport,
    Photo,
    Reflection,
    Remark,
    Report,
    ReportEvent,
    ReviewChecklist,
    StaffNote,
    Submission,
    SubmissionEvent,
    TeamEvent,
    TeamMember,
    UnsavedText,
    ValueProposal,
    Version,
    VocabularyEvent,
)


@dataclass(frozen=True)
class Kept:
    """Rows of `model` that are the person's by `link`; `design` leads to the design they are of."""

    name: str
    model: type[Model]
    link: str
    fields: str
    design: str = ""

    def rows(self, person: User) -> list[dict]:
        """One query."""
        names = [*self.fields.split(), *([self.design] if self.design else [])]
        rows = self.model._base_manager.filter(**{self.link: person}).order_by("pk")
        return list(rows.values(*names))


OF_SUBMISSION = "submission__community_id"
# Nobody else's words, and no secret: of a second step, that there is one.
LISTS = (
    Kept("e-mail addresses", EmailAddress, "user", "email verified primary"),
    Kept("second steps", Authenticator, "user", "type created_at last_used_at"),
    Kept("letters not wanted", UnwantedLetters, "user", "kind"),
    Kept("profile", Profile, "user", "handle pronouns about is_public is_hidden updated_at"),
    Kept("suspensions", Suspension, "user", "reason created_at lifted_at lift_reason"),
    Kept("places in cohorts", Enrolment, "user", "cohort__name created_at"),
    Kept("lines for cohorts", Waiting, "user", "cohort__name created_at"),
    Kept("invitations sent", Invitation, "invited_by", "kind email created_at expires_at"),
    Kept("invitations accepted", Acceptance, "user", "invitation__kind created_at"),
    Kept("notices", Notice, "user", "kind title text path created_at read_at mailed_at"),
    Kept("teams", TeamMember, "user", "role joined_at last_looked_at", "community_id"),
    Kept("team changes", TeamEvent, "person", "action created_at", "community_id"),
    Kept("versions frozen", Version, "created_by", "number created_at", "community_id"),
    Kept("submissions", Submission, "submitted_by", "status submitted_at", "community_id"),
    Kept("moves", SubmissionEvent, "actor", "action note created_at", OF_SUBMISSION),
    Kept(
        "own reflections",
        Reflection,
        "author",
        " ".join(Reflection.PROMPTS),
        "implementation__community_id",
    ),
    Kept(
        "pictures uploaded",
        Photo,
        "uploaded_by",
        "key original_name width height created_at is_removed",
        "community_id",
    ),
    Kept(
        "attachments uploaded",
        Attachment,
        "uploaded_by",
        "key name bytes created_at is_removed",
        "community_id",
    ),
    Kept("comments", Comment, "author", "kind text state created_at", "community_id"),
    Kept("proposals", ValueProposal, "proposed_by", "name short why status answer created_at"),
    Kept("reports made", Report, "reporter", "kind problem words email created_at decision"),
    Kept("reported or decided", ReportEvent, "actor", "kind deed reason created_at"),
    Kept("decided about you", ReportEvent, "person", "kind deed reason created_at"),
    Kept("remarks", Remark, "author", "label text created_at sent_at", OF_SUBMISSION),
    Kept("remarks answered", Remark, "resolved_by", "label reply resolved_at", OF_SUBMISSION),
    Kept("notes among staff", StaffNote, "author", "text created_at", OF_SUBMISSION),
    Kept("ticks", ReviewChecklist, "reviewer", "ticked note updated_at", OF_SUBMISSION),
    Kept("vocabulary", VocabularyEvent, "actor", "kind name act created_at"),
    Kept("imports", DesignImport, "by", "file_name created_at confirmed_at"),
    Kept("not saved yet", UnsavedText, "user", "path fields created_at"),
)


def kept_about(person: User) -> dict:
    """All of it as plain data. One query for each list and one for the names of the designs."""
    found = {kept.name: kept.rows(person) for kept in LISTS}
    named = _names_of(found, person)
    for kept in LISTS:
        for row in found[kept.name]:
            if kept.design:
                row["design"] = named.get(row.pop(kept.design))
    account = (
        "name",
        "former_names",
        "email",
        "is_staff",
        "is_active",
        "date_joined",
        "last_login",
    )
    return {"account": {name: getattr(person, name) for name in account}, **found}


def _names_of(found: dict[str, list[dict]], person: User) -> dict[int, dict]:
    """By number: the designs of their teams, and of others those that are public, as they are."""
    mine = {row["community_id"] for row in found["teams"]}
    keys = {row[kept.design] for kept in LISTS if kept.design for row in found[kept.name]}
    rows = Community.objects.filter(Q(pk__in=mine) | Q(published_version__isnull=False))
    facts = rows.filter(pk__in=keys).values_list(
        "pk", "slug", "title", "published_version__snapshot__title"
    )
    return {
        pk: {"title": title if pk in mine else public, "address": slug}
        for pk, slug, title, public in facts
    }

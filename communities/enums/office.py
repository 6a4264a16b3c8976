"""What happens to designs: review, reports, vocabulary."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a submission stands. DRAFT is a community whose working copy is not put forward."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for review"
    CHANGES_REQUESTED = "changes-requested", "Changes requested"
    PUBLISHED = "published", "Published"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    UNPUBLISHED = "unpublished", "Unpublished"

    @classmethod
    def open(cls) -> tuple["Status", ...]:
        """Under review: at most one submission of a community may be in these."""
        return cls.SUBMITTED, cls.CHANGES_REQUESTED


class Action(TextChoices):
    """What a person can do to a submission; the labels are the words on the buttons."""

    SUBMIT = "submit", "Submit for review"
    RESUBMIT = "resubmit", "Submit again"
    WITHDRAW = "withdraw", "Withdraw"
    APPROVE = "approve", "Approve and publish"
    REQUEST_CHANGES = "request-changes", "Ask for changes"
    DECLINE = "decline", "Decline"
    UNPUBLISH = "unpublish", "Unpublish"
    RESTORE = "restore", "Publish again"
    UNDO_APPROVE = "undo-approve", "Undo the approval"
    UNDO_DECLINE = "undo-decline", "Undo the decline"
    CLAIM = "claim", "Take it"
    RELEASE = "release", "Put it back"
    HAND_OVER = "hand-over", "Hand it over"
    REDACT = "redact", "Take a name out"

    @property
    def deed(self) -> str:
        """What somebody did to a version, for the log: “Mei submitted version 3”."""
        return _DEEDS[self]


_DEEDS = {
    Action.SUBMIT: "submitted",
    Action.RESUBMIT: "submitted again, as",
    Action.WITHDRAW: "withdrew",
    Action.APPROVE: "approved and published",
    Action.REQUEST_CHANGES: "asked for changes to",
    Action.DECLINE: "declined",
    Action.UNPUBLISH: "unpublished",
    Action.RESTORE: "published again",
    Action.UNDO_APPROVE: "undid the approval of",
    Action.UNDO_DECLINE: "undid the decline of",
    Action.CLAIM: "took",
    Action.RELEASE: "put back",
    Action.HAND_OVER: "handed over",
    Action.REDACT: "took a name out of",
}


class Side(TextChoices):
    """Where a person sits when a design is reviewed."""

    TEAM = "team", "Team"
    REVIEWER = "reviewer", "Reviewer"


class Target(TextChoices):
    """What a remark is pinned to; values, sections and pictures also have a key."""

    WHOLE = "whole", "The whole"
    ABOUT = "about", "About"
    VALUE = "value", "Value"
    SECTION = "section", "Section"
    PHOTO = "photo", "Picture"
    RUNS = "runs", "Runs"
    REFLECTIONS = "reflections", "Reflections"
    INSIGHTS = "insights", "Insights"


class Check(TextChoices):
    """What a reviewer has to have looked at before a design is published."""

    PURPOSE = "purpose", "The purpose is clear to a stranger"
    VALUES = "values", "Each value has a reason that shapes the design"
    EVIDENCE = "evidence", "What was seen is told honestly, with what did not work"
    PEOPLE = "people", "Nobody is named or shown without consent; no private addresses"
    ALT = "alt", "Each picture is described for those who cannot see it"
    LICENCE = "licence", "Licence, sources and lineage are right"
    TONE = "tone", "The tone builds up and shames nobody"


class DeskTab(TextChoices):
    """How the review desk sorts submissions."""

    WAITING = "waiting", "To read"
    CONVERSATION = "conversation", "Waiting for teams"
    DECIDED = "decided", "Decided"

    @property
    def statuses(self) -> tuple[Status, ...]:
        if self is DeskTab.WAITING:
            return (Status.SUBMITTED,)
        if self is DeskTab.CONVERSATION:
            return (Status.CHANGES_REQUESTED,)
        return Status.PUBLISHED, Status.DECLINED, Status.UNPUBLISHED, Status.WITHDRAWN


class ProposalStatus(TextChoices):
    """What became of a value that somebody proposed."""

    WAITING = "waiting", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted as a value"
    ALIAS = "alias", "Another word for a value we have"
    DECLINED = "declined", "Not taken up"


class VocabularyAct(TextChoices):
    """What can be done to a value or a topic, as a log says it."""

    ADDED = "added", "was added"
    EDITED = "edited", "was edited"
    NAMED = "named", "got another name"
    MERGED = "merged", "was merged"
    RETIRED = "retired", "was retired"
    OFFERED = "offered", "is offered again"
    DECLINED = "declined", "was not taken up"


class ReportedKind(TextChoices):
    """What a visitor can report; each is found and named in communities.subjects."""

    DESIGN = "design", "Design"
    PHOTO = "photo", "Picture"
    INSIGHT = "insight", "Insight"
    COMMENT = "comment", "Comment"
    PROFILE = "profile", "Profile"


class ReportProblem(TextChoices):
    """Why somebody asks staff to look at something."""

    PICTURES_ME = "pictures-me", "I am in it, and I do not want to be shown"
    PICTURES_MINOR = "pictures-minor", "A child is in it who must not be shown"
    OF_A_CHILD = "of-a-child", "It is the page of a child"
    PRIVATE = "private", "It tells or shows something private"
    COPIED = "copied", "It is somebody else’s work, shown without their leave"
    HARMFUL = "harmful", "It insults, threatens or harms somebody"
    UNTRUE = "untrue", "What it says is not true"
    ADVERTISING = "advertising", "It is an advertisement"
    OTHER = "other", "Something else"
    WITHDRAWN = "withdrawn", "Consent was taken back"

    @classmethod
    def hide_first(cls, kind: str) -> tuple["ReportProblem", ...]:
        """What is hidden at once when one of these is named, and looked at later."""
        if kind == ReportedKind.PHOTO:
            return cls.PICTURES_ME, cls.PICTURES_MINOR
        return (cls.OF_A_CHILD,) if kind == ReportedKind.PROFILE else ()

    @classmethod
    def offered(cls, kind: str) -> list["ReportProblem"]:
        """The choices of the form; whoever takes consent back has a link of their own."""
        left_out = {cls.PICTURES_ME, cls.PICTURES_MINOR, cls.OF_A_CHILD} - {*cls.hide_first(kind)}
        left_out.add(cls.WITHDRAWN)
        # Everything else was read by staff before it was public.
        if kind not in (ReportedKind.COMMENT, ReportedKind.PROFILE):
            left_out.add(cls.ADVERTISING)
        return [one for one in cls if one not in left_out]


class ReportDeed(TextChoices):
    """What happened to something that was reported; rows of the log are only ever added."""

    RECEIVED = "received", "Reported"
    WRITTEN = "written", "Written"
    APPROVE = "approve", "Show it"
    REFUSE = "refuse", "Refuse it"
    TAKEN_BACK = "taken-back", "Taken back by its author"
    CLOSE = "close", "Close its comments"
    OPEN = "open", "Open its comments"
    HIDDEN_AT_ONCE = "hidden-at-once", "Hidden at once, because of whom it shows"
    HIDDEN_BY_NUMBER = "hidden-by-number", "Hidden until staff decide: several reported it"
    HIDE = "hide", "Hide it"
    KEEP = "keep", "Keep it as it is"
    RESTORE = "restore", "Show it again"
    WARN = "warn", "Warn"
    SUSPEND = "suspend", "Suspend"
    REINSTATE = "reinstate", "Let in again"

    @property
    def in_words(self) -> str:
        """For the log: “Robin S. hid it”."""
        return _REPORT_DEEDS[self]


_REPORT_DEEDS = {
    ReportDeed.RECEIVED: "reported it",
    ReportDeed.WRITTEN: "wrote it",
    ReportDeed.APPROVE: "let it be shown",
    ReportDeed.REFUSE: "refused it",
    ReportDeed.TAKEN_BACK: "took it back",
    ReportDeed.CLOSE: "closed its comments",
    ReportDeed.OPEN: "opened its comments",
    ReportDeed.HIDDEN_AT_ONCE: "hidden at once, because of whom it shows",
    ReportDeed.HIDDEN_BY_NUMBER: "hidden until staff decide, as several reported it",
    ReportDeed.HIDE: "hid it",
    ReportDeed.KEEP: "kept it as it is",
    ReportDeed.RESTORE: "showed it again",
    ReportDeed.WARN: "warned",
    ReportDeed.SUSPEND: "suspended",
    ReportDeed.REINSTATE: "let in again",
}

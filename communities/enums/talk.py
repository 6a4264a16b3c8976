"""What people say to each other about published designs."""

from django.db.models import TextChoices


class CommentKind(TextChoices):
    """What somebody wants to say; chosen before it is written."""

    QUESTION = "question", "Question"
    TRIED = "tried", "I tried this"
    CRITIQUE = "critique", "Kind critique"

    @property
    def icon(self) -> str:
        return {"question": "question", "tried": "builds", "critique": "cool"}[self.value]

    @property
    def hint(self) -> str:
        return _HINTS[self.value]

    @property
    def starter(self) -> str:
        return _STARTERS[self.value]


_HINTS = {
    "question": "Ask something that you do not know the answer to.",
    "tried": "Tell what happened when you tried it, and with whom.",
    "critique": "Name what carries it, then a gap between what it values and what it does.",
}
_STARTERS = {
    "question": "You might begin: “How did you decide …”, “What happened when …”",
    "tried": "You might begin: “We tried this with …”, “What we changed was …”",
    "critique": "You might begin: “You value …, and I wonder whether …”, “What if …”",
}


class CommentState(TextChoices):
    """Where a comment stands. Only what is shown is public."""

    WAITING = "waiting", "Waiting"
    SHOWN = "shown", "Shown"
    HIDDEN = "hidden", "Hidden"
    REFUSED = "refused", "Refused"
    REMOVED = "removed", "Taken back"


class CommentDoubt(TextChoices):
    """Why a comment waits for staff instead of being shown."""

    VISITOR = "visitor", "Without an account"
    UNCONFIRMED = "unconfirmed", "Address not confirmed"
    LINKS = "links", "Many links"
    TWICE = "twice", "The same words elsewhere"
    STORM = "storm", "New account, very many comments now"


class CommentsAre(TextChoices):
    """Whether comments on one design are taken."""

    OPEN = "open", "Open"
    CLOSED_BY_TEAM = "closed-by-team", "Closed by the team"
    CLOSED_BY_STAFF = "closed-by-staff", "Closed by staff"

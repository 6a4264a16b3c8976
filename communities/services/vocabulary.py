"""The vocabulary as it grows: proposals and their answers, other names, and what was done to it."""

from django.db import transaction
from django.utils import timezone

from ..enums import ProposalStatus, VocabularyAct
from ..letters import tell_proposer
from ..models import Topic, Value, ValueAlias, ValueProposal, VocabularyEvent
from ..signals import announce_vocabulary
from ..tagging import slug_for
from .editing import create_once


class Answered(Exception):
    """Somebody answered the proposal first; it is as `proposal` says now."""

    def __init__(self, proposal: ValueProposal):
        super().__init__(proposal.status)
        self.proposal = proposal


class NameTaken(Exception):
    """A value, or another word for one, is called so already."""


def propose_value(*, by, name: str, short: str, why: str, key=None) -> ValueProposal:
    def make():
        return ValueProposal.objects.create(name=name, short=short, why=why, proposed_by=by)

    return create_once(key, by=by, make=make)


@transaction.atomic
def accept_proposal(proposal: ValueProposal, *, by, mark: str, answer: str = "", **words) -> Value:
    """It becomes a value, last in the vocabulary. `words` are its fields.

    Raises Answered, or NameTaken, without having changed anything.
    """
    if is_name_taken(words["name"]):
        raise NameTaken(words["name"])
    last = Value.objects.order_by("-position").values_list("position", flat=True).first()
    value = Value.objects.create(
        slug=slug_for(words["name"]), mark=mark, position=(last or 0) + 1, **words
    )
    _answer(proposal, ProposalStatus.ACCEPTED, by=by, answer=answer, value=value)
    record(value, VocabularyAct.ADDED, by=by, proposed_by=_name_of(proposal.proposed_by))
    announce_vocabulary([value.slug])
    return value


@transaction.atomic
def accept_as_alias(proposal: ValueProposal, *, by, value: Value, answer: str = "") -> None:
    """Its name leads to a value that there is. Raises Answered or NameTaken."""
    if is_name_taken(proposal.name):
        raise NameTaken(proposal.name)
    ValueAlias.objects.create(value=value, name=proposal.name, slug=slug_for(proposal.name))
    _answer(proposal, ProposalStatus.ALIAS, by=by, answer=answer, value=value)
    record(value, VocabularyAct.NAMED, by=by, name=proposal.name)
    announce_vocabulary([value.slug])


@transaction.atomic
def decline_proposal(proposal: ValueProposal, *, by, answer: str) -> None:
    """Raises Answered."""
    _answer(proposal, ProposalStatus.DECLINED, by=by, answer=answer)


def is_name_taken(name: str) -> bool:
    """Whether a value or another word for one has this address. Two queries."""
    slug = slug_for(name)
    return Value.objects.filter(slug=slug).exists() or ValueAlias.objects.filter(slug=slug).exists()


@transaction.atomic
def retire_value(value: Value, *, by, is_retired: bool) -> None:
    """Kept on designs that hold it and no longer offered to others, or offered again."""
    Value.objects.filter(pk=value.pk).update(is_retired=is_retired)
    act = VocabularyAct.RETIRED if is_retired else VocabularyAct.OFFERED
    record(value, act, by=by)
    announce_vocabulary([value.slug])


def record(what: Value | Topic, act: VocabularyAct, *, by, **details) -> VocabularyEvent:
    return VocabularyEvent.objects.create(
        kind=what._meta.model_name,
        slug=what.slug,
        name=what.name,
        act=act,
        details=details,
        actor=by,
    )


def _answer(proposal: ValueProposal, status: ProposalStatus, *, by, answer: str, value=None):
    changes = {"status": status, "answer": answer.strip(), "value": value}
    changes |= {"answered_by": by, "answered_at": timezone.now()}
    waiting = ValueProposal.objects.filter(pk=proposal.pk, status=ProposalStatus.WAITING)
    if not waiting.update(**changes):
        raise Answered(ValueProposal.objects.get(pk=proposal.pk))
    for name, what in changes.items():
        setattr(proposal, name, what)
    tell_proposer(proposal)


def _name_of(person) -> str:
    return person.name if person else ""

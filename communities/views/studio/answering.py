"""What stands around the form of a reflection: questions of the values, voices, lessons."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from ... import rules
from ...enums import InsightType
from ...forms.reflections import Question
from ...models import Implementation, Reflection, ValueQuestion
from ...pages import PROMPTS
from .frame import StudioFrame

# What is said in an answer becomes a lesson of this type.
TYPES = {
    "worked_well": InsightType.WORKED,
    "did_not_work": InsightType.DID_NOT_WORK,
    "matched": InsightType.AS_EXPECTED,
    "surprised": InsightType.SURPRISED,
    "differently": InsightType.DIFFERENTLY,
}
MOST_SENTENCES = 8
LONGEST_HEADLINE = 240
LONGEST_BODY = 5_000
_END_OF_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True)
class Voice:
    """One answer of one person, as it is read beside the synthesis or in the list."""

    author: str
    text: str
    # Which answer of which reflection this is, as `with_lesson` reads it.
    source: str
    sentences: tuple[tuple[str, str], ...]


def questions_for(frame: StudioFrame, told: Reflection | None = None) -> list[Question]:
    """Those of the values held, in their order, and those answered before. One query."""
    held = {link.tag_id: link.tag for link in frame.values}
    asked: dict[int, list[Question]] = {pk: [] for pk in held}
    for row in ValueQuestion.objects.filter(value__in=held):
        value = held[row.value_id]
        asked[row.value_id].append(Question(value.slug, value.name, row.text))
    questions = [question for rows in asked.values() for question in rows]
    answered = [Question.of(answer) for answer in told.value_answers] if told else []
    # Answers come first, so that no number of new questions pushes them out of the form.
    return [*answered, *(question for question in questions if question not in answered)]


def voices_beside(user, frame: StudioFrame, run: Implementation | None) -> dict | None:
    """What each person answered, by the name of the field; None while it is not to be read.

    One query.
    """
    if run is None:
        return {}
    reflections = list(run.reflections.select_related("author"))
    if not rules.may_hear(user, reflections):
        return None
    voices: dict[str, list[Voice]] = {}
    for told in reflections:
        for name, text in answers_of(told).items():
            if told.author:
                voices.setdefault(name, []).append(voice(told, name, text))
    return voices


def answers_of(told: Reflection) -> dict[str, str]:
    """The answers that are there, by the name of their field."""
    answers = {name: getattr(told, name) for name in Reflection.PROMPTS}
    answers |= {Question.of(said).field: said["answer"] for said in told.value_answers}
    return {name: text for name, text in answers.items() if text.strip()}


def labels_of(told: Reflection) -> dict[str, str]:
    asked = {Question.of(said).field: said for said in told.value_answers}
    return PROMPTS | {name: f"{said['name']}: {said['question']}" for name, said in asked.items()}


def voice(told: Reflection, name: str, text: str) -> Voice:
    """With what makes an insight of each sentence, to be sent to the form of a new one."""
    source = f"{told.pk}:{name}"
    sentences = tuple((sentence, f"{source}:{sentence}") for sentence in sentences_of(text))
    return Voice(str(told.author or "The whole team"), text, source, sentences)


def sentences_of(text: str) -> list[str]:
    """The first few, each short enough to be the headline of an insight."""
    parts = (" ".join(part.split()) for part in _END_OF_SENTENCE.split(text[:LONGEST_BODY]))
    return [part[:LONGEST_HEADLINE] for part in parts if part][:MOST_SENTENCES]


def with_lesson(user, frame: StudioFrame, data: QueryDict | None) -> QueryDict | None:
    """What was sent to the form of a new insight.

    A `sentence` of an answer (whose reflection, which answer, the words) is made a whole lesson.
    Two queries then.
    """
    if not data or "sentence" not in data:
        return data
    pk, name, words = [*data["sentence"].split(":", 2), "", ""][:3]
    lesson = _lesson_from(user, frame, pk, name) | {"headline": " ".join(words.split())}
    sent = data.copy()
    for field, said in lesson.items():
        sent.setlist(field, [str(one) for one in (said if isinstance(said, list) else [said])])
    return sent


def _lesson_from(user, frame: StudioFrame, pk: str, name: str) -> dict:
    """What an answer says of the lesson in it; nothing where it is not to be read."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return {}
    told = Reflection.objects.filter(implementation__community=frame.community, pk=int(pk)).first()
    if told is None:
        return {}
    beside = Reflection.objects.filter(implementation=told.implementation_id)
    text = answers_of(told).get(name, "")
    if not text or not (rules.may_speak_for(user, told) or rules.may_hear(user, beside)):
        return {}
    lesson = {"type": TYPES.get(name, ""), "body": text[:LONGEST_BODY]}
    slugs = {a["value"] for a in told.value_answers if Question.of(a).field == name}
    return {**lesson, "values": [link.tag_id for link in frame.values if link.tag.slug in slugs]}


def goals_from(user, run: Implementation) -> str:
    """What was to be done differently, one goal on each line: the start of the next run."""
    reflections = list(run.reflections.all())
    if not rules.may_hear(user, reflections):
        return ""
    spoken = [told for told in reflections if told.author_id is None] or reflections
    lines = (sentence for told in spoken for sentence in sentences_of(told.differently))
    return "\n".join(dict.fromkeys(lines))


def lessons_beside(frame: StudioFrame) -> dict[str, str]:
    """Where the lessons of others who hold these values are: a page, and a part of one."""
    values = [("value", link.tag.slug) for link in frame.values]
    kind = [("kind", frame.community.kind)] if frame.community.kind else []
    own = [("but", frame.community.slug)]
    return {
        "page": f"{reverse('insights')}?{urlencode(values or kind)}".rstrip("?"),
        "part": f"{reverse('insights_beside')}?{urlencode(values + kind + own)}",
    }

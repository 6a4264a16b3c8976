"""What each synthetic design says: a snapshot, the same for the same seed and number."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from ..enums import (
    Audience,
    InsightBasis,
    InsightType,
    Kind,
    Licence,
    Mode,
    Outcome,
    ReflectionStage,
)
from ..snapshot import (
    HeldValue,
    ImplementationNote,
    InsightNote,
    Purpose,
    Reference,
    ReflectionText,
    SectionText,
    SessionNote,
    Snapshot,
)
from ..tagging import slug_for
from .words import Words

TOPICS = 2_000
COHORTS = 42
INSIGHT_TYPES, INSIGHT_BASES = InsightType.values, ["", *InsightBasis.values]
LICENCES = Licence.values[:4]
CREDIT = "Synthetic, by manage.py seed"
FIRST_YEAR, YEARS = 2012, 14
FIRST_PUBLISHED = datetime(2012, 3, 1, 9, tzinfo=UTC)
BETWEEN_TWO = timedelta(minutes=70)
PROMPTS = ("worked_well", "did_not_work", "matched", "surprised", "differently")
TERMS = (("IAP", 1, 5, 25), ("Spring", 2, 3, 110), ("Autumn", 9, 3, 100))


def _parts(parts: dict) -> tuple[list, list[int]]:
    return list(parts), list(accumulate(parts.values()))


# How often each occurs, in parts of the whole.
HOW_MANY_VALUES = _parts({1: 15, 2: 30, 3: 30, 4: 17, 5: 8})
HOW_MANY_TOPICS = _parts({0: 5, 1: 20, 2: 30, 3: 25, 4: 15, 5: 5})
HOW_MANY_INSIGHTS = _parts({0: 30, 1: 25, 2: 22, 3: 15, 4: 8})
HOW_MANY_RUNS = _parts({0: 14, 1: 74, 2: 12})
MODES = _parts({Mode.IN_PERSON: 55, Mode.ONLINE: 24, Mode.HYBRID: 21})
AUDIENCES = _parts(dict(zip(Audience, (14, 22, 20, 12, 8, 7, 4, 13), strict=True)))
OUTCOMES = _parts(
    {
        Outcome.RAN: 76,
        Outcome.STOPPED_EARLY: 11,
        Outcome.DID_NOT_HAPPEN: 7,
        Outcome.NOT_YET_RUN: 6,
    }
)
DAYS = _parts({(1, 1): 31, (2, 7): 32, (8, 31): 21, (32, 140): 16})
WITHOUT_COHORT, MOVED, BUILT_ON = 0.3, 0.12, 0.14


@dataclass(frozen=True)
class Term:
    reference: Reference
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Draft:
    """A design but for what it builds on, which is another number or none."""

    number: int
    snapshot: Snapshot
    builds_on: int | None

    @property
    def published_at(self) -> datetime:
        return FIRST_PUBLISHED + self.number * BETWEEN_TWO


@dataclass(frozen=True, kw_only=True)
class Brief:
    """`values` are those on offer without their texts, `sections` those offered, still empty."""

    seed: int
    values: list[HeldValue]
    sections: list[SectionText]


class Designer:
    def __init__(self, brief: Brief):
        self.seed, self.values, self.sections = brief.seed, brief.values, brief.sections
        rng = random.Random(f"designer of {self.seed}")  # noqa: S311  nothing secret
        self.words = Words(self.seed)
        self.value_weights = _zipf(len(self.values), 0.8)
        self.place_of_value = {value.slug: place for place, value in enumerate(self.values)}
        self.kinds = rng.sample(list(Kind), k=len(Kind))
        self.kind_weights = _zipf(len(Kind), 0.7)
        self.topics, self.topic_weights = self._topics(rng), _zipf(TOPICS, 1.0)
        self.terms, self.term_weights = terms(), _zipf(COHORTS, 0.4)

    def draft(self, number: int) -> Draft:
        rng = random.Random(f"{self.seed}, design {number}")  # noqa: S311  nothing secret
        is_built_on = number > 1 and rng.random() < BUILT_ON
        # Most build on what is old and known.
        builds_on = 1 + int((number - 1) * rng.random() ** 3) if is_built_on else None
        return Draft(number, self._snapshot(rng), builds_on)

    def _snapshot(self, rng: random.Random) -> Snapshot:
        line = self.words.line
        values = self._held(rng)
        mode = _pick(rng, MODES)
        runs = sorted(
            (self._run(rng, mode) for _ in range(_pick(rng, HOW_MANY_RUNS))),
            key=lambda run: run.starts_on or date.min,
        )
        insights = (self._insight(rng, values) for _ in range(_pick(rng, HOW_MANY_INSIGHTS)))
        return Snapshot(
            title=f"The {self.words.name(rng, first=40, last=8_000)}"[:120],
            kind=_of(rng, self.kinds, self.kind_weights).value,
            mode=mode.value,
            audience=_pick(rng, AUDIENCES).value,
            summary=line(rng, 200),
            description=self.words.own_text(rng, 5),
            purpose=Purpose(who=line(rng, 90), what=line(rng, 120), so_that=line(rng, 120)),
            cohort=self._term(rng),
            topics=self._topics_of(rng),
            values=values,
            sections=self._sections(rng),
            implementations=tuple(runs),
            insights=tuple(insights),
            licence=rng.choice(LICENCES),
            credit=CREDIT,
        )

    def _held(self, rng: random.Random) -> tuple[HeldValue, ...]:
        wanted = min(_pick(rng, HOW_MANY_VALUES), len(self.values))
        chosen: dict[str, HeldValue] = {}
        while len(chosen) < wanted:
            value = _of(rng, self.values, self.value_weights)
            chosen[value.slug] = value
        return tuple(
            HeldValue(
                slug=value.slug,
                name=value.name,
                mark=value.mark,
                rationale=self.words.text(rng, 3),
                evidence=self.words.text(rng, 2) if rng.random() < 0.6 else "",
            )
            for value in chosen.values()
        )

    def _term(self, rng: random.Random) -> Reference | None:
        if rng.random() < WITHOUT_COHORT:
            return None
        return _of(rng, self.terms, self.term_weights).reference

    def _topics_of(self, rng: random.Random) -> tuple[Reference, ...]:
        wanted = _pick(rng, HOW_MANY_TOPICS)
        drawn = rng.choices(self.topics, cum_weights=self.topic_weights, k=wanted)
        return tuple(dict.fromkeys(drawn))

    def _sections(self, rng: random.Random) -> tuple[SectionText, ...]:
        most = len(self.sections)
        wanted = rng.sample(range(most), k=min(most, rng.randrange(4, 8)))
        return tuple(self._section(rng, self.sections[place]) for place in sorted(wanted))

    def _section(self, rng: random.Random, empty: SectionText) -> SectionText:
        columns = {}
        # An offered section with two columns carries a mark in place of its text.
        if empty.is_text:
            columns = {"is_text": self.words.text(rng, 2), "is_not_text": self.words.text(rng, 2)}
        body = self.words.own_text(rng, rng.randrange(4, 8))
        return SectionText(key=empty.key, title=empty.title, body=body, **columns)

    def _run(self, rng: random.Random, planned: Mode) -> ImplementationNote:
        mode = _pick(rng, MODES) if rng.random() < MOVED else planned
        outcome = _pick(rng, OUTCOMES)
        plain = {"mode": mode.value, "outcome": outcome.value, "place": self.words.line(rng, 60)}
        if outcome not in (Outcome.RAN, Outcome.STOPPED_EARLY):
            return ImplementationNote(**plain, outcome_note=self.words.text(rng, 1))
        starts_on = date(FIRST_YEAR, 1, 1) + timedelta(days=rng.randrange(365 * YEARS))
        ends_on = starts_on + timedelta(days=rng.randint(*_pick(rng, DAYS)) - 1)
        return ImplementationNote(
            **plain,
            starts_on=starts_on,
            ends_on=ends_on,
            participants_within=int(rng.lognormvariate(2.4, 0.8)),
            participants_beyond=int(rng.lognormvariate(1.8, 1.0)),
            sessions=self._sessions(rng, starts_on, ends_on),
            reflections=(self._reflection(rng),),
        )

    def _sessions(self, rng: random.Random, first: date, last: date) -> tuple[SessionNote, ...]:
        days = (last - first).days + 1
        dates = sorted(first + timedelta(days=rng.randrange(days)) for _ in range(rng.randrange(3)))
        return tuple(SessionNote(date=day, title=self.words.line(rng, 80)) for day in dates)

    def _reflection(self, rng: random.Random) -> ReflectionText:
        prompts = rng.sample(PROMPTS, k=3)
        answers = {prompt: self.words.text(rng, 2) for prompt in prompts}
        return ReflectionText(stage=ReflectionStage.AFTER.value, **answers)

    def _insight(self, rng: random.Random, values: tuple[HeldValue, ...]) -> InsightNote:
        about = rng.sample(values, k=min(len(values), rng.choice((0, 1, 1, 2))))
        slugs = sorted((value.slug for value in about), key=self.place_of_value.get)
        return InsightNote(
            type=rng.choice(INSIGHT_TYPES),
            headline=self.words.line(rng, 200),
            body=self.words.text(rng, 1),
            basis=rng.choice(INSIGHT_BASES),
            values=tuple(slugs),
        )

    def _topics(self, rng: random.Random) -> list[Reference]:
        named: dict[str, Reference] = {}
        while len(named) < TOPICS:
            name = self.words.name(rng, first=600, last=12_000)
            named[slug_for(name)] = Reference(slug=slug_for(name), name=name)
        return list(named.values())


def terms() -> list[Term]:
    """The cohorts of the program, whatever the seed."""
    years = range(FIRST_YEAR, FIRST_YEAR + YEARS)
    made = []
    for year in years:
        for name, month, day, days in TERMS:
            first = date(year, month, day)
            label = f"{name} {year}, synthetic"
            reference = Reference(slug=f"synthetic-{slug_for(f'{name} {year}')}", name=label)
            made.append(Term(reference, first, first + timedelta(days=days)))
    return made[:COHORTS]


def _zipf(size: int, power: float) -> list[float]:
    return list(accumulate(1 / rank**power for rank in range(1, size + 1)))


def _of(rng: random.Random, things: list, weights: list[float]):
    return rng.choices(things, cum_weights=weights)[0]


def _pick(rng: random.Random, parts: tuple[list, list[int]]):
    things, weights = parts
    return rng.choices(things, cum_weights=weights)[0]

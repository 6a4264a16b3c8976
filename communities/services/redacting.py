"""Taking a person's name and addresses out of texts that others rely on."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from django.utils.text import slugify

from accounts.models import Notice

from ..models import (
    Community,
    OldSlug,
    Report,
    ReportEvent,
    Topic,
    TopicAlias,
    Version,
    VocabularyEvent,
)
from ..models.log import rewrite
from ..signals import announce
from ..snapshot import Snapshot
from .traces import BY_THEMSELVES, DESIGN_OF, OF_THEIRS, TEXTS, Fate

NOBODY = "A former member"
# What programs read in a snapshot and in the cells of a section: a person may be called “Care”.
NO_TEXT = frozenset(
    """audience basis color consent cover_key files how key kind layout licence mark mode outcome
    paid_as phase rhythm slug stage type value""".split()
)


@dataclass(frozen=True)
class Words:
    """What a person is known by. `addresses` are of letters and of their profile, `@handle` too."""

    name: str
    addresses: tuple[str, ...] = ()
    handle: str = ""

    @cached_property
    def _named(self) -> re.Pattern | None:
        """As words of its own; “Mei” is not taken out of “Meissen”.

        A name of several words is known however it is written, in the name of a file for
        instance; a single one might be a word of the language when it is written otherwise.
        """
        parts = re.findall(r"[^\W_]+", self.name)
        if not parts:
            return None
        end = re.escape(self.name.strip()[-1]) + "?" if not self.name.strip()[-1].isalnum() else ""
        words = r"[\W_]{1,3}".join(map(re.escape, parts))
        found = rf"(?<![^\W_]){words}(?![^\W_]){end}"
        return re.compile(found, re.IGNORECASE if len(parts) > 1 else 0)

    @cached_property
    def _addressed(self) -> re.Pattern | None:
        longest = sorted(self.addresses, key=len, reverse=True)
        # That of a page stands behind the name of a host, and may end in a slash.
        found = "|".join(
            rf"{re.escape(word)}/?" if word.startswith("/") else rf"(?<![\w.+-]){re.escape(word)}"
            for word in longest
        )
        return re.compile(rf"(?:{found})(?![\w-])", re.IGNORECASE) if found else None

    @cached_property
    def _called(self) -> re.Pattern | None:
        """The bare handle, unless it looks like a word of the language."""
        if not re.search("[0-9-]", self.handle):
            return None
        return re.compile(rf"(?<![\w.+@-]){re.escape(self.handle)}(?![\w-])", re.IGNORECASE)

    def is_in_slug(self, slug: str, *, title: str = "") -> bool:
        """Of a title that names them. A name of one word counts where the title has it as one."""
        if not self._named or not (name := slugify(self.name)):
            return False
        is_name = "-" in name or self.out_of(title) != title
        return is_name and re.search(rf"(^|-){name}s?(-|$)", slug) is not None

    def out_of(self, data, *, instead: str = NOBODY):
        """The same text, or the same lists and dicts of texts, without them."""
        if isinstance(data, str):
            for pattern in (self._addressed, self._named, self._called):
                data = pattern.sub(instead, data) if pattern else data
            return data
        if isinstance(data, list | tuple):
            return [self.out_of(item, instead=instead) for item in data]
        if isinstance(data, dict):
            # A value, and a question about one, are called as the vocabulary calls them.
            spared = NO_TEXT | (
                {"name", "question"} if data.keys() & {"mark", "question"} else set()
            )
            return {
                key: item if key in spared else self.out_of(item, instead=instead)
                for key, item in data.items()
            }
        return data

    def is_in_topic(self, name: str) -> bool:
        """A name of one word may be a word of the language, which others look for as well."""
        return self.in_vocabulary.out_of(name) != name

    @property
    def in_vocabulary(self) -> "Words":
        is_plain = re.search(r"[^\W_][\W_]+[^\W_]", self.name)
        return self if is_plain else self.addresses_alone

    @property
    def addresses_alone(self) -> "Words":
        return Words("", self.addresses)

    @property
    def clues(self) -> list[str]:
        """One of them stands in every text that they have to be taken out of."""
        handles = [self.handle] if self._called else []
        return [*re.findall(r"[^\W_]+", self.name)[:1], *self.addresses, *handles]


def take_out(words: Words, person, designs: Iterable[int]) -> set[int]:
    """From every shared text: the name where the person was, the addresses wherever they stand.

    Returns designs that were changed though the person had nothing to do with them. The log of
    submissions is left to workflow.redact.
    """
    designs, further = set(designs), set()
    titles = dict(Community.objects.filter(pk__in=designs).values_list("pk", "title"))
    for model, fields in _shared():
        path = DESIGN_OF.get(model._meta.label)
        rows = models.QuerySet(model)
        if path is not None:
            _rewrite(rows.filter(**{f"{path}__in": designs}), fields, words.out_of)
            alone = _with(rows.exclude(**{f"{path}__in": designs}), fields, words.addresses)
            further |= set(alone.values_list(path, flat=True))
            _rewrite(alone, fields, words.addresses_alone.out_of)
        elif theirs := OF_THEIRS.get(model._meta.label):
            mine = models.Q.create([(name, person) for name in theirs], connector=models.Q.OR)
            _rewrite(rows.filter(mine), fields, words.out_of)
            alone = _with(rows, fields, words.addresses)
            _rewrite(alone, fields, words.addresses_alone.out_of)
        else:
            _rewrite(_with(rows, fields, words.clues), fields, words.out_of)
    _drop_topics(words, designs)
    _out_of_vocabulary(words)
    _freeze_without(words, designs)
    alone = _with(Version.objects.exclude(community__in=designs), ["snapshot"], words.addresses)
    elsewhere = set(alone.values_list("community", flat=True))
    _freeze_without(words.addresses_alone, elsewhere)
    _move_away(words, titles)
    return further | elsewhere


def _shared() -> Iterator[tuple[type[models.Model], list[str]]]:
    fields: dict[str, list[str]] = {}
    for text, fate in TEXTS.items():
        model, _, field = text.rpartition(".")
        if fate is Fate.SHARED and text not in BY_THEMSELVES:
            fields.setdefault(model, []).append(field)
    return ((apps.get_model(model), names) for model, names in fields.items())


def _with(rows, fields: list[str], clues: Iterable[str]):
    """Those in which a clue stands, in JSON as well, whatever way it writes letters."""
    found = models.Q(pk__in=[])
    for number, field in enumerate(fields):
        rows = rows.alias(**{f"text_{number}": Cast(field, models.TextField())})
        for clue in clues:
            for written in {clue, json.dumps(clue)[1:-1]}:
                found |= models.Q(**{f"text_{number}__icontains": written})
    return rows.filter(found)


def _rewrite(rows, fields: list[str], clean: Callable) -> None:
    for row in list(rows.only("pk", *fields)):
        changes = {}
        for field in fields:
            before = getattr(row, field)
            after = _cleaned(before, clean)
            if after != before:
                most = getattr(row._meta.get_field(field), "max_length", None)
                changes[field] = after[:most] if isinstance(after, str) else after
        if changes:
            rewrite(row, **changes)


def _cleaned(text, clean: Callable):
    """The admin keeps JSON in a plain text, with letters written as numbers."""
    if isinstance(text, str) and text.startswith("[{") and "\\u" in text:
        try:
            return json.dumps(clean(json.loads(text)))
        except ValueError:
            pass
    return clean(text)


def _freeze_without(words: Words, designs: Iterable[int]) -> None:
    """Every version again, and whatever is known by its words: lessons that staff hide."""
    renamed: dict[int, dict[str, str]] = {}
    for version in Version.objects.filter(community__in=designs).iterator(chunk_size=20):
        before = Snapshot.from_json(version.snapshot)
        after = redact_snapshot(before, words)
        if after == before:
            continue
        Version.objects.filter(pk=version.pk).update(snapshot=after.to_json())
        pairs = zip(before.insights, after.insights, strict=True)
        changed = {old.digest: new.digest for old, new in pairs if old.digest != new.digest}
        renamed.setdefault(version.community_id, {}).update(changed)
    for community in Community.objects.filter(pk__in=renamed):
        _keep_hidden(community, renamed[community.pk])


def redact_snapshot(snapshot: Snapshot, words: Words) -> Snapshot:
    """The same design without them: neither in the team nor in any text.

    Whoever has the same name in the same team is credited as before.
    """
    team = list(snapshot.team)
    if mine := next((member for member in team if member.name == words.name), None):
        team.remove(mine)
    topics = tuple(topic for topic in snapshot.topics if not words.is_in_topic(topic.name))
    redacted = Snapshot.from_json(words.out_of(replace(snapshot, team=()).to_json()))
    return replace(redacted, team=tuple(team), topics=topics, cohort=snapshot.cohort)


def _keep_hidden(community: Community, renamed: dict[str, str]) -> None:
    """A lesson is hidden, and reported, by the digest of its words, which are others now."""
    hidden = [renamed.get(digest, digest) for digest in community.hidden_insights]
    Community.objects.filter(pk=community.pk).update(hidden_insights=hidden)
    for old, new in renamed.items():
        key = f"{community.catalogue_number}-{old}"
        for model in (Report, ReportEvent):
            for row in model.objects.filter(kind="insight", key=key):
                rewrite(row, key=f"{community.catalogue_number}-{new}")


def _drop_topics(words: Words, designs: set[int]) -> None:
    """Topics that are their name: off these designs, and gone where nobody else has them."""
    for topic in Topic.objects.filter(community_topics__content_object__in=designs).distinct():
        if words.is_in_topic(topic.name):
            topic.community_topics.filter(content_object__in=designs).delete()
            if not topic.community_topics.exists():
                topic.delete()


def _out_of_vocabulary(words: Words) -> None:
    """What is told of values and topics, and other names of topics that are theirs."""
    rows = _with(models.QuerySet(VocabularyEvent), ["name", "details"], words.clues)
    for event in rows:
        details = words.in_vocabulary.out_of(event.details)
        if details.get("proposed_by") == words.name:
            details["proposed_by"] = NOBODY
        changes = {"details": details}
        if words.is_in_topic(event.name):
            changes |= {"name": words.in_vocabulary.out_of(event.name)[:100]}
            changes |= {"slug": slugify(changes["name"])}
        rewrite(event, **changes)
    for alias in TopicAlias.objects.all():
        if words.is_in_topic(alias.name):
            alias.delete()


def _move_away(words: Words, titles: dict[int, str]) -> None:
    """From an address that names the person, which then leads nowhere."""
    for row in OldSlug.objects.filter(community__in=titles):
        if words.is_in_slug(row.slug):
            row.delete()
    for row in Community.objects.filter(pk__in=titles):
        if words.is_in_slug(row.slug, title=titles[row.pk]):
            _move(row, f"design-{row.pk}")


def _move(community: Community, slug: str) -> None:
    """What leads there follows: designs that build on it, and what people were told of it."""
    old = community.slug
    Community.objects.filter(pk=community.pk).update(slug=slug)
    for version in Version.objects.filter(snapshot__built_on__slug=old):
        version.snapshot["built_on"]["slug"] = slug
        Version.objects.filter(pk=version.pk).update(snapshot=version.snapshot)
        announce([version.community_id])
    here = models.Q(path__contains=f"/{old}/") | models.Q(letter__contains=f"/{old}/")
    for notice in Notice.objects.filter(here):
        texts = {name: getattr(notice, name) for name in ("path", "letter")}
        rewrite(notice, **{n: t.replace(f"/{old}/", f"/{slug}/") for n, t in texts.items()})

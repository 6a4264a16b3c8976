from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from accounts.models import Cohort

from ..enums import Audience, Kind, Licence, Mode
from ..models import Community, Topic
from ..tagging import slug_for, topic_names
from .base import RevisionForm
from .choices import choice_field
from .text import LineField, TextField

MAX_TOPICS = 12


def _part_of_sentence(**options) -> LineField:
    """A part of the big purpose: one line that may wrap while it is written."""
    return LineField(
        max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}), **options
    )


class AboutForm(RevisionForm):
    """What a card and the head of a page say. The source address is not the team's to change."""

    title = LineField(
        max_length=120,
        label="Title",
        error_messages={"required": "Give it a name; you can change it later."},
    )
    kind = choice_field(Kind, empty="Not chosen yet", label="Kind")
    mode = choice_field(Mode, empty="Not chosen yet", label="How people meet")
    audience = choice_field(Audience, empty="Not chosen yet", label="Who it is for")
    audience_note = LineField(
        max_length=140,
        required=False,
        label="Who exactly",
        help_text="For example: neighbours, 16 and over.",
    )
    summary = LineField(
        max_length=200,
        required=False,
        label="In one sentence",
        help_text="It stands on the card, under the title.",
    )
    purpose_who = _part_of_sentence(label="We bring together", help_text="Who?")
    purpose_what = _part_of_sentence(label="to", help_text="Do what together?")
    purpose_so_that = _part_of_sentence(label="so that", help_text="What becomes possible?")
    description = TextField(
        max_length=20_000,
        required=False,
        rows=8,
        label="What it is, in a paragraph or two",
        help_text="For a reader who may build on it. Markdown works.",
    )
    topics = LineField(
        max_length=500,
        required=False,
        label="Topics",
        help_text="Free words, separated by commas. For example: bicycles, repair, language.",
    )
    cohort = forms.ModelChoiceField(
        queryset=Cohort.objects.none(),
        required=False,
        empty_label="None",
        label="Cohort",
        help_text="The term in which you work on it.",
    )
    builds_on = LineField(
        max_length=300,
        required=False,
        label="Builds on",
        help_text="The address of a published design that you started from. It is named as such.",
    )
    licence = forms.ChoiceField(
        choices=Licence.choices,
        label="Licence",
        help_text="CC BY lets others build on it if they name you.",
    )
    credit = LineField(
        max_length=200,
        required=False,
        label="Thanks and credit",
        help_text="Who helped, and whose material you use.",
    )

    # Saved without, but not submitted without: not to be called optional.
    kind.is_awaited = mode.is_awaited = audience.is_awaited = summary.is_awaited = True
    purpose_who.is_awaited = purpose_what.is_awaited = purpose_so_that.is_awaited = True

    def __init__(self, data=None, *, by, instance: Community, **options):
        super().__init__(data, instance=instance, **options)
        self.fields["cohort"].queryset = _cohorts(by, instance)

    @classmethod
    def values_of(cls, instance: Community) -> dict:
        topics = instance.community_topics.select_related("tag").order_by("tag__slug")
        return {
            **super().values_of(instance),
            "topics": ", ".join(link.tag.name for link in topics),
            "builds_on": instance.parent.slug if instance.parent else "",
        }

    def clean_topics(self):
        names = topic_names(self.cleaned_data["topics"])
        if len(names) > MAX_TOPICS:
            raise ValidationError(f"Name at most {MAX_TOPICS} topics; these are {len(names)}.")
        spelt = {slug_for(name): name for name in names}
        # Whoever named a topic first decided its spelling.
        known = dict(Topic.objects.filter(slug__in=spelt).values_list("slug", "name"))
        return ", ".join({**spelt, **known}[slug] for slug in sorted(spelt))

    def clean_builds_on(self):
        """The slug at the end of an address, of a published design; what it was before stays."""
        text = self.cleaned_data["builds_on"]
        slug = last_part(text)
        self.parent = None
        if not slug:
            return ""
        allowed = Q(published_version__isnull=False) | Q(pk=self.instance.parent_id)
        found = Community.objects.filter(allowed, slug=slug).exclude(pk=self.instance.pk)
        self.parent = found.only("pk", "slug").first()
        if self.parent is None:
            raise ValidationError("There is no published design at this address.")
        return slug

    @property
    def changes(self) -> dict:
        fields = super().changes
        fields.pop("builds_on")
        fields["topics"] = topic_names(fields["topics"])
        return {**fields, "parent": self.parent}


def last_part(address: str) -> str:
    """The slug in `designs/<slug>/…`, or the whole of a bare slug."""
    try:
        parts = [part for part in urlsplit(address).path.split("/") if part]
    except ValueError:
        return address
    if "designs" in parts[:-1]:
        return parts[parts.index("designs") + 1]
    return parts[-1] if parts else ""


def _cohorts(by, community: Community):
    """Those the person is enrolled in, those that run now, and the one already chosen."""
    today = timezone.localdate()
    running = Q(starts_on__lte=today, ends_on__gte=today)
    mine = Q(pk__in=by.enrolments.values("cohort"))
    return Cohort.objects.filter(running | mine | Q(pk=community.cohort_id))

from django.db import models

from ..structure import Structure, from_json, words_of
from ..structure.kinds import SectionLayout
from .revisions import Revisioned


class SectionTemplate(models.Model):
    """One section that every design document is offered, with its guidance; kept by staff."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    guide = models.TextField(help_text="Two or three sentences to a first-time designer.")
    prompts = models.TextField(blank=True, help_text="One question or instruction on each line.")
    example = models.TextField(blank=True)
    layout = models.CharField(max_length=20, choices=SectionLayout, default=SectionLayout.PROSE)
    is_optional = models.BooleanField("optional", default=False)
    is_active = models.BooleanField("offered", default=True)
    words_from = models.PositiveSmallIntegerField(default=60)
    words_to = models.PositiveSmallIntegerField(default=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title

    @property
    def prompt_list(self) -> list[str]:
        return [line.strip() for line in self.prompts.splitlines() if line.strip()]


class Section(Revisioned):
    """What a team wrote in one section. `is_text` and `is_not_text` only for two columns.

    `structure` is a structure.Structure as JSON, or null while nothing is in its rows and cells.
    """

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="sections")
    template = models.ForeignKey(SectionTemplate, on_delete=models.PROTECT, related_name="sections")
    body = models.TextField(blank=True)
    is_text = models.TextField("what it is", blank=True)
    is_not_text = models.TextField("what it is not", blank=True)
    structure = models.JSONField(null=True, blank=True)
    # Why it changed since the last version, which the next one keeps.
    why = models.CharField("why it changed", max_length=300, blank=True)

    class Meta:
        ordering = ["template__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "template"], name="section_once_per_community"
            ),
        ]

    def __str__(self):
        return f"{self.template} of {self.community}"

    @property
    def is_empty(self) -> bool:
        texts = (self.body, self.is_text, self.is_not_text)
        return self.structure is None and not any(text.strip() for text in texts)

    @property
    def word_count(self) -> int:
        words = len(f"{self.body} {self.is_text} {self.is_not_text}".split())
        return words + words_of(self.plan)

    @property
    def plan(self) -> Structure | None:
        return from_json(self.structure)


class Suggestion(models.Model):
    """Something a team may take over into a row of a structured section; kept by staff."""

    template = models.ForeignKey(
        SectionTemplate,
        on_delete=models.CASCADE,
        related_name="suggestions",
        verbose_name="section",
    )
    kind = models.CharField(
        max_length=40, blank=True, help_text="One of the kinds that this section knows."
    )
    text = models.CharField(max_length=300, help_text="A barrier, a risk, a task or a sign.")
    answer = models.CharField(
        max_length=300,
        blank=True,
        help_text="The antidote or safeguard, or what would show the contrary.",
    )
    is_active = models.BooleanField("offered", default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["template__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["template", "text"], name="suggested_once_per_section"),
        ]

    def __str__(self):
        return self.text

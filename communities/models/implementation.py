from django.db import models

from ..enums import Mode, Outcome, ReflectionStage
from .revisions import Revisioned


class Implementation(Revisioned):
    """One time the community really ran, or was meant to. Participants are counted once each."""

    community = models.ForeignKey(
        "Community", on_delete=models.CASCADE, related_name="implementations"
    )
    mode = models.CharField(max_length=20, choices=Mode, blank=True)
    place = models.CharField(
        max_length=200, blank=True, help_text="A school, library or hall; never a home address."
    )
    link = models.URLField(max_length=500, blank=True)
    capacity = models.PositiveIntegerField(
        "how many people there is room for", null=True, blank=True
    )
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.NOT_YET_RUN)
    outcome_note = models.TextField("what happened", blank=True)
    # From when on people are invited; the team says so when it has seen what is still open.
    announced_at = models.DateTimeField(null=True, editable=False)
    goals = models.TextField("what it is to try", blank=True, help_text="One on each line.")
    participants_within = models.PositiveIntegerField(
        "participants from the institution", null=True, blank=True
    )
    participants_beyond = models.PositiveIntegerField(
        "participants from beyond it", null=True, blank=True
    )

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="implementation_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.community}, {self.starts_on or 'no date yet'}"

    @property
    def is_announced(self) -> bool:
        return self.announced_at is not None


class Session(models.Model):
    """A dated meeting of an implementation."""

    implementation = models.ForeignKey(
        Implementation, on_delete=models.CASCADE, related_name="sessions"
    )
    date = models.DateField()
    title = models.CharField(max_length=140)
    notes = models.TextField(blank=True)
    participants_within = models.PositiveIntegerField(null=True, blank=True)
    participants_beyond = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["date", "pk"]

    def __str__(self):
        return self.title


class Reflection(Revisioned):
    """Answers to the five prompts. `author` is empty when the whole team speaks."""

    implementation = models.ForeignKey(
        Implementation, on_delete=models.CASCADE, related_name="reflections"
    )
    author = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reflections",
    )
    stage = models.CharField(max_length=20, choices=ReflectionStage, default=ReflectionStage.AFTER)
    worked_well = models.TextField("what worked well", blank=True)
    did_not_work = models.TextField("what did not", blank=True)
    matched = models.TextField("what matched our expectations", blank=True)
    surprised = models.TextField("what surprised us", blank=True)
    differently = models.TextField("what we would do differently", blank=True)
    value_answers = models.JSONField(
        default=list, blank=True, help_text="communities.snapshot.ValueAnswer as JSON, a list."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    PROMPTS = ("worked_well", "did_not_work", "matched", "surprised", "differently")

    class Meta:
        ordering = ["author_id", "stage", "pk"]

    def __str__(self):
        return f"Reflection on {self.implementation}"

    @property
    def has_words(self) -> bool:
        return bool(self.answered or self.value_answers)

    @property
    def answered(self) -> int:
        """How many of the five prompts have an answer."""
        return sum(bool(getattr(self, prompt).strip()) for prompt in self.PROMPTS)

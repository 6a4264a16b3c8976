from django.db import models
from taggit.models import ItemBase, TagBase

from ..tagging import slug_for


class Value(TagBase):
    """A curated value that a design may hold, with its definition and its mark.

    `mark` names a symbol of static/img/marks.svg and, with it, a paint of css/tokens.css.
    """

    short = models.CharField(max_length=140, help_text="One sentence, as it stands on cards.")
    definition = models.TextField()
    not_confused_with = models.TextField("not to be confused with", blank=True)
    mark = models.SlugField(max_length=40)
    drawn_as = models.CharField(max_length=120, blank=True, help_text="What the mark shows.")
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(
        "retired", default=False, help_text="Kept on old designs, no longer offered to new ones."
    )

    class Meta:
        ordering = ["position", "name"]

    def slugify(self, tag, i=None):
        return slug_for(tag, i)


class ValueQuestion(models.Model):
    """A question a team asks itself when it holds this value."""

    value = models.ForeignKey(Value, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


class ValueAlias(models.Model):
    """Another word that people use for a value: it redirects to it and finds it."""

    value = models.ForeignKey(Value, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "value aliases"

    def __str__(self):
        return self.name


class Topic(TagBase):
    """A free tag. Two spellings with the same slug are one topic."""

    class Meta:
        ordering = ["name"]

    def slugify(self, tag, i=None):
        return slug_for(tag, i)


class TopicAlias(models.Model):
    """A topic that was merged into another: its old address and its name lead to that one."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "topic aliases"

    def __str__(self):
        return self.name


class CommunityValue(ItemBase):
    """A value held by a community: its rank, why it shapes the design, and what was seen of it."""

    content_object = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="community_values"
    )
    tag = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="community_values")
    rank = models.PositiveSmallIntegerField(default=1)
    rationale = models.TextField(blank=True)
    evidence = models.TextField("what we saw", blank=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="value_held_once_per_community"
            ),
        ]

    def __str__(self):
        return f"{self.tag} in {self.content_object}"

    @property
    def value(self) -> Value:
        return self.tag


class CommunityTopic(ItemBase):
    content_object = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="community_topics"
    )
    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="community_topics")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="topic_once_per_community"
            ),
        ]

    def __str__(self):
        return f"{self.tag} on {self.content_object}"

from datetime import timedelta

from django.db import models
from django.utils import timezone

from ..enums import CommentDoubt, CommentKind, CommentState
from .querysets import CommentQuerySet

# So long its author may take it back.
REGRET = timedelta(hours=24)


class Comment(models.Model):
    """What somebody says about a published design, or the team's answer to it.

    Members are named by their account, anybody else by `name`. `source` tells two visitors apart
    and `email` is for one letter; both are emptied when staff have decided. The text of what its
    author takes back is emptied, and its row stays for the log.
    """

    community = models.ForeignKey("Community", on_delete=models.CASCADE, related_name="comments")
    answers = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=20, choices=CommentKind, blank=True)
    text = models.TextField(blank=True)
    author = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="comments"
    )
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    source = models.CharField(max_length=64, blank=True)
    is_by_team = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=CommentState)
    doubt = models.CharField(max_length=20, choices=CommentDoubt, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["community", "state", "-id"], name="comments_of_a_design"),
            models.Index(fields=["state", "id"], name="comments_that_wait"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answers=None) | models.Q(is_by_team=True),
                name="answers_are_by_the_team",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display() or 'Answer'}: {self.community}"

    @property
    def who(self) -> str:
        return str(self.author) if self.author_id else self.name

    @property
    def icon(self) -> str:
        return CommentKind(self.kind).icon if self.kind else "comment"

    @property
    def may_be_regretted(self) -> bool:
        is_kept = self.state in (CommentState.SHOWN, CommentState.WAITING)
        return is_kept and timezone.now() - self.created_at < REGRET

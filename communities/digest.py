"""What waits longer than was promised, told to staff once a day: designs, and all they decide."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.notices import tell

from .enums import CommentState, ProposalStatus
from .letters import DIGEST
from .models import Comment, Report, Submission, ValueProposal
from .queries.review import days_since, is_late, reviewers

# As many as a letter can name; it says how many more there are.
NAMED = 30


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait too long, since `oldest`, and where they lie."""

    noun: str
    count: int
    oldest: datetime
    path: str

    @property
    def words(self) -> str:
        return f"{self.count} {self.noun}{'' if self.count == 1 else 's'}"

    @property
    def days(self) -> int:
        return days_since(self.oldest)

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.path}"


def send_digest() -> int:
    """Tell each reviewer; run twice on a day it tells nobody again. Returns how much is late."""
    late = Submission.objects.filter(is_late()).order_by("submitted_at", "pk")
    count, piles = late.count(), late_piles()
    total = count + sum(pile.count for pile in piles)
    if not total:
        return 0
    path = f"{reverse('review')}?only=late" if count else piles[0].path
    rows = late.select_related("community", "reader")[:NAMED]
    context = {
        "rows": [(row, days_since(row.submitted_at)) for row in rows],
        "more": max(0, count - NAMED),
        "count": count,
        "piles": piles,
        "promise_days": settings.REVIEW_PROMISE_DAYS,
        "address": f"{settings.SITE_URL}{path}",
        "choices": f"{settings.SITE_URL}{reverse('account_letters')}",
        "site_name": settings.SITE_NAME,
    }
    tell(
        reviewers(),
        kind=DIGEST,
        key=f"digest {timezone.localdate().isoformat()}",
        title=_title(count, piles),
        path=path,
        letter=render_to_string("communities/letters/digest.txt", context),
    )
    return total


def late_piles() -> list[Pile]:
    """Reports, comments and proposals that wait for longer than a design may. 6 queries at most."""
    waiting = (
        ("report", Report.objects.open(), "reports"),
        ("comment", Comment.objects.filter(state=CommentState.WAITING), "review_comments"),
        (
            "proposal",
            ValueProposal.objects.filter(status=ProposalStatus.WAITING),
            "review_vocabulary",
        ),
    )
    limit = timezone.now() - timedelta(days=settings.REVIEW_PROMISE_DAYS + 1)
    piles = []
    for noun, rows, name in waiting:
        late = rows.filter(created_at__lte=limit).order_by()
        oldest = late.aggregate(oldest=Min("created_at"))["oldest"]
        if oldest is not None:
            piles.append(Pile(noun, late.count(), oldest, reverse(name)))
    return piles


def _title(count: int, piles: list[Pile]) -> str:
    designs = [f"{count} design{'' if count == 1 else 's'}"] if count else []
    things = [*designs, *(pile.words for pile in piles)]
    is_one = count + sum(pile.count for pile in piles) == 1
    return f"{', '.join(things)} wait{'s' if is_one else ''} longer than promised"

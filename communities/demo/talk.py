"""What is said about the demo's designs: comments and answers, two profiles, and a report.

Through the services, as members, visitors and staff would do it; once only.
"""

import json
from datetime import timedelta

from django.utils import timezone

from accounts.models import Profile, User

from ..enums import ReportDeed, ReportedKind
from ..models import Comment, Community, Report
from ..services.moderating import decide_comments
from ..services.profiles import save_profile
from ..services.reports import add_report
from ..services.talking import add_comment, answer
from ..subjects import find
from .content import FOLDER

# Visitors are told apart by where they write from.
SOURCE = "demo"


def read() -> dict[str, list[dict]]:
    return json.loads((FOLDER / "talk.json").read_text(encoding="utf-8"))


def talk(communities: list[Community], crew: dict[str, User], *, staff: User) -> None:
    """About those of `communities` that are published; what is said already stays."""
    slugs = [community.slug for community in communities]
    public = {made.slug: made for made in Community.objects.published().filter(slug__in=slugs)}
    said = read()
    for row in said["comments"]:
        if row["design"] in public:
            _say(row, public[row["design"]], crew, staff)
    for row in said["profiles"]:
        _show(row, crew[row["by"]])
    for row in said["reports"]:
        if row["design"] in public:
            _report(row, public[row["design"]])


def _say(row: dict, community: Community, crew: dict[str, User], staff: User) -> None:
    if community.comments.filter(text=row["text"]).exists():
        return
    who = {"author": crew[row["by"]]} if "by" in row else {"name": row["name"], "source": SOURCE}
    made = add_comment(community, kind=row["kind"], text=row["text"], **who)
    _date(made, row)
    if "decision" in row:
        decide_comments([made.pk], by=staff, deed=ReportDeed(row["decision"]))
    if "answer" in row:
        reply = row["answer"]
        _date(answer(made, text=reply["text"], by=crew[reply["by"]]), reply)


def _date(comment: Comment, row: dict) -> None:
    then = timezone.now() - timedelta(days=row["days_ago"])
    Comment.objects.filter(pk=comment.pk).update(created_at=then)


def _show(row: dict, person: User) -> None:
    if not Profile.objects.filter(user=person).exists():
        words = {name: row[name] for name in ("handle", "pronouns", "about")}
        save_profile(person, is_public=True, is_of_age=True, **words)


def _report(row: dict, community: Community) -> None:
    subject = find(ReportedKind.DESIGN, str(community.catalogue_number))
    if not Report.objects.about(subject.kind, subject.key).exists():
        words = {name: row[name] for name in ("problem", "words", "email")}
        add_report(subject, source=SOURCE, **words)

"""One of everything, half of it private: what the access matrix walks through."""

from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.services import offer, suspend, take_place
from communities.enums import Action
from communities.importing import confirm, receive
from communities.models import Remark, Report, Submission
from communities.services.consents import withdrawal_token
from communities.services.profiles import save_profile
from communities.services.reports import add_report
from communities.services.reviewing import write_remark
from communities.services.talking import add_comment, answer
from communities.services.team import invite
from communities.services.vocabulary import propose_value
from communities.subjects import find
from tests import factories

# A word that stands only in what is not published.
PLANTED = "Zanzibarious"
# What an expired session leaves behind for its author changes no design.
KEPT_ASIDE = {"UnsavedText"}
# What a reader has looked at is noted for that reader alone.
NOTED = {"news_since", "last_looked_at"}
OF_ONE_PHOTO = [f"studio_photo_{name}" for name in ("remove", "focus", "blur", "agreement")]
ROLES = ("visitor", "classmate", "teammate", "author", "staff")


def names() -> set[str]:
    """The name of every address of ours; the admin has its own tests."""
    return {name for name, namespace in _walk(get_resolver().url_patterns, "") if not namespace}


def _walk(patterns: list[URLPattern | URLResolver], namespace: str):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, namespace or pattern.namespace or "")
        else:
            yield pattern.name, namespace


@dataclass
class World:
    """The addresses of one waiting design (`args`) and of one published design (`public`)."""

    args: dict[str, list]
    public: dict[str, list]

    def address(self, name: str) -> str:
        return reverse(name, args={**self.args, **self.public}.get(name, []))


def build(cast) -> World:
    submission = _waiting(cast)
    community = submission.community
    slug = community.slug
    run = community.implementations.get()
    invite(community, by=cast.author, role="designer", lasts=timedelta(days=3))
    invited = community.team_invitations.get().pk
    parts = {
        "studio_section": [slug, "big-purpose"],
        **{name: [slug, community.photos.get().pk] for name in OF_ONE_PHOTO},
        "studio_attachment": [slug, community.attachments.get().pk],
        "studio_attachment_move": [slug, community.attachments.get().pk],
        "studio_attachment_remove": [slug, community.attachments.get().pk],
        "studio_implementation": [slug, run.pk],
        "studio_implementation_remove": [slug, run.pk],
        "studio_announcement": [slug, run.pk],
        "studio_reflection": [slug, run.reflections.get().pk],
        "studio_reflection_remove": [slug, run.reflections.get().pk],
        "studio_insight": [slug, community.insights.get().pk],
        "studio_insight_remove": [slug, community.insights.get().pk],
        "studio_version": [slug, 1],
        "studio_team_remove": [slug, community.members.get(user=cast.teammate).pk],
        "studio_invitation_revoke": [slug, invited],
        "studio_invitation_again": [slug, invited],
        "studio_version_restore": [slug, 1],
    }
    args = {name: [slug] for name in names() if name.startswith("studio_")} | parts
    for name in ("studio_start", "studio_propose", "studio_signed_in", "studio_notices"):
        del args[name]
    args |= {name: [submission.pk] for name in names() if name.startswith("review_")}
    args |= {"studio_remark": [slug, _remark(submission, cast).pk]}
    args |= {"review_remark_change": [submission.pk, submission.remarks.get().pk]}
    args |= {
        name: []
        for name in (
            "review_assign",
            "review_erase",
            "review_log_csv",
            "review_log_json",
            "review_comments",
        )
    }
    args |= _vocabulary(cast)
    args |= _cohort(cast) | _import(cast)
    args |= {"mfa_remove_webauthn": [1], "mfa_edit_webauthn": [1]}
    return World(args, _public(cast) | _reported(cast))


def _kept_of(model) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields if f.attname not in NOTED]


def _cohort(cast) -> dict[str, list]:
    """A cohort with one person, one who waits, and an invitation that whoever has it may read."""
    cohort = factories.cohort("Spring", capacity=1)
    take_place(cast.classmate, cohort=cohort)
    take_place(cast.teammate, cohort=cohort)
    made = offer(by=cast.staff, kind="cohort", lasts=timedelta(days=3), cohort=cohort)
    args = {name: [cohort.slug] for name in names() if name.startswith("review_cohort")}
    del args["review_cohorts"], args["review_cohort_new"]
    return args | {
        "review_cohorts": [],
        "review_cohort_new": [],
        "review_cohort_revoke": [cohort.slug, made.invitation.pk],
        "review_cohort_person": [cohort.slug, cast.classmate.pk],
        "invitation": [made.secret],
    }


def _import(cast) -> dict[str, list]:
    content = b'{"title": "Imported"}'
    made, _ = receive(content, by=cast.staff, name="one.jsonl", columns={}, publish=False)
    confirm(made, by=cast.staff)
    return {"review_imports": [], "review_import": [made.pk], "review_import_undo": [made.pk]}


def fingerprint() -> dict[str, list]:
    """Every row of what people make; two are equal only if nothing was written."""
    return {
        model.__name__: list(model._base_manager.order_by("pk").values(*_kept_of(model)))
        for model in apps.get_app_config("communities").get_models()
        if model.__name__ not in KEPT_ASIDE
    }


def _waiting(cast) -> Submission:
    made = factories.community(cast.author, f"{PLANTED} Waiting Design")
    factories.team(cast.teammate, made=made)
    factories.photo(made, by=cast.author)
    factories.attachment(made, by=cast.author)
    return factories.submit_for_review(made, by=cast.author)


def _remark(submission: Submission, cast) -> Remark:
    """Sent with an earlier decision."""
    place = {"target": "section", "target_key": "big-purpose", "label": "Big purpose"}
    remark = write_remark(submission, by=cast.staff, text="Who are they?", **place)
    Remark.objects.filter(pk=remark.pk).update(sent_at=remark.created_at)
    return remark


def _public(cast) -> dict[str, list]:
    made = factories.community(cast.author, "Open Design")
    factories.photo(made, by=cast.author)
    factories.attachment(made, by=cast.author)
    submission = factories.submit_for_review(made, by=cast.author)
    factories.move(submission, Action.APPROVE, by=cast.staff)
    made.refresh_from_db()
    photo = made.photos.get()
    picture = [photo.key.hex, photo.files[0]["name"].rpartition("/")[2]]
    add_report(find("photo", photo.key.hex), problem="other")
    attachment = made.attachments.get()
    designs = {name: [made.slug] for name in names() if name.startswith("design_")}
    return (
        designs
        | _said(made, cast)
        | {
            "design": [made.slug],
            "api_design": [made.slug],
            "value": ["care"],
            "section": ["big-purpose"],
            "picture": picture,
            "design_picture": [made.slug, photo.key.hex],
            "report": ["photo", photo.key.hex],
            "consent": [withdrawal_token(photo)],
            "report_decide": [Report.objects.get().pk],
            "attachment": [attachment.key.hex, attachment.name],
        }
    )


def _said(made, cast) -> dict[str, list]:
    """A comment on it by its author, and a profile that leads there."""
    words = {"handle": "amara-t", "pronouns": "she/her", "about": "I mend things."}
    save_profile(cast.author, is_public=True, is_of_age=True, **words)
    said = add_comment(made, kind="tried", text="We tried it again.", author=cast.author)
    answer(said, text="And it held.", by=cast.teammate)
    add_comment(made, kind="question", text=f"{PLANTED} question?", name="Kim")
    return {
        "design_comment_answer": [made.slug, said.pk],
        "design_comment_take_back": [made.slug, said.pk],
        "person": ["amara-t"],
    }


def _vocabulary(cast) -> dict[str, list]:
    proposal = propose_value(by=cast.author, name=f"{PLANTED} value", short="Short.", why="Why.")
    words = {name: ["value", "care"] for name in ("review_word", "review_merge")}
    plain = {"review_vocabulary": [], "review_retire": ["care"], "review_proposal": [proposal.pk]}
    return words | plain


def _reported(cast) -> dict[str, list]:
    outcast = factories.person("Ousted O.")
    return {"suspension": [suspend(outcast, by=cast.staff, reason="He threatened somebody.").pk]}

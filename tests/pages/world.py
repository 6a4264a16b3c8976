"""One of everything, half of it private: what the access matrix walks through."""

from dataclasses import dataclass

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from communities.enums import Action
from communities.models import Submission
from communities.services.vocabulary import propose_value
from tests import factories

# A word that stands only in what is not published.
PLANTED = "Zanzibarious"
# What an expired session leaves behind for its author changes no design.
KEPT_ASIDE = {"UnsavedText"}
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
    parts = {
        "studio_section": [slug, "big-purpose"],
        "studio_photo_remove": [slug, community.photos.get().pk],
        "studio_implementation": [slug, run.pk],
        "studio_implementation_remove": [slug, run.pk],
        "studio_announcement": [slug, run.pk],
        "studio_reflection": [slug, run.reflections.get().pk],
        "studio_reflection_remove": [slug, run.reflections.get().pk],
        "studio_insight": [slug, community.insights.get().pk],
        "studio_insight_remove": [slug, community.insights.get().pk],
        "studio_version": [slug, 1],
    }
    args = {name: [slug] for name in names() if name.startswith("studio_")} | parts
    for name in ("studio_start", "studio_propose", "studio_signed_in"):
        del args[name]
    args |= {name: [submission.pk] for name in names() if name.startswith("review_")}
    args |= _vocabulary(cast)
    args |= {"mfa_remove_webauthn": [1], "mfa_edit_webauthn": [1]}
    return World(args, _public(cast))


def fingerprint() -> dict[str, list]:
    """Every row of what people make; two are equal only if nothing was written."""
    return {
        model.__name__: list(model._base_manager.order_by("pk").values())
        for model in apps.get_app_config("communities").get_models()
        if model.__name__ not in KEPT_ASIDE
    }


def _waiting(cast) -> Submission:
    made = factories.community(cast.author, f"{PLANTED} Waiting Design")
    factories.team(cast.teammate, made=made)
    factories.photo(made, by=cast.author)
    return factories.submit_for_review(made, by=cast.author)


def _public(cast) -> dict[str, list]:
    made = factories.community(cast.author, "Open Design")
    factories.photo(made, by=cast.author)
    submission = factories.submit_for_review(made, by=cast.author)
    factories.move(submission, Action.APPROVE, by=cast.staff)
    made.refresh_from_db()
    photo = made.photos.get()
    picture = [photo.key.hex, photo.files[0]["name"].rpartition("/")[2]]
    designs = {name: [made.slug] for name in names() if name.startswith("design_")}
    return designs | {
        "design": [made.slug],
        "api_design": [made.slug],
        "value": ["care"],
        "section": ["big-purpose"],
        "picture": picture,
    }


def _vocabulary(cast) -> dict[str, list]:
    proposal = propose_value(by=cast.author, name=f"{PLANTED} value", short="Short.", why="Why.")
    words = {name: ["value", "care"] for name in ("review_word", "review_merge")}
    plain = {"review_vocabulary": [], "review_retire": ["care"], "review_proposal": [proposal.pk]}
    return words | plain

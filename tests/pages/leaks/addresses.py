"""Every address of the resolver, filled with the keys of everything there is.

A new address is crawled as soon as it exists: one that has no rule below is filled with every key
of every kind.
"""

import itertools
import re
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Cohort, Profile, Suspension, User
from communities.models import (
    Attachment,
    Comment,
    Community,
    DesignImport,
    Implementation,
    Insight,
    Photo,
    Reflection,
    Remark,
    Report,
    Submission,
    TeamInvitation,
    TeamMember,
    Topic,
    Value,
    ValueProposal,
    Version,
)
from communities.snapshot import Snapshot
from communities.subjects import insight_key

SEARCHES = """designs designs_feed feed suggest insights insights_suggest api_designs
    api_insights""".split()
# Beside each word stands one by which it would be found; the last is how all of them begin.
SEARCHED = """zebudraft zebusubmitted zebuchanges zebudeclined zebuwithdrawn zebuunpublished
    zebubehind zebuhiddenphoto zebuhiddeninsight zebuhiddencomment quokk""".split()


def addresses() -> list[str]:
    """Each once: every route, the admin, every search, and pages that are not there."""
    nowhere = [f"/no-such-page/{slug}" for slug in _slugs()]
    return list(dict.fromkeys([*of_routes(), *of_admin(), *asked(), *nowhere]))


def of_routes() -> list[str]:
    """Every place of every route."""
    return list(itertools.chain(*by_route().values()))


def of_reading() -> list[str]:
    """Where insiders read: not the forms of single deeds; of the lists of staff every part."""
    deed = re.compile(".*_(remove|move|focus|blur|agreement|again|revoke|restore|new|leave|undo)")
    tabs = [f"{reverse('review_comments')}?tab={tab}" for tab in ("shown", "hidden", "refused")]
    ours = [filled for name, filled in by_route().items() if not deed.fullmatch(name)]
    return [*itertools.chain(*ours), *tabs, f"{reverse('reports')}?tab=decided"]


def by_route() -> dict[str, list[str]]:
    """The addresses of each route of ours, filled with the keys of everything there is."""
    found: dict[str, list[str]] = {}
    for name, places in names():
        found.setdefault(name, []).extend(reverse(name, kwargs=f) for f in _fill(name, places))
    return found


def one_of_each() -> list[str]:
    """One address of each route."""
    return [filled[0] for filled in by_route().values() if filled]


def open_to_all() -> list[str]:
    """What everybody may open as long as it is public."""
    private = re.compile("studio|review|account|mfa|report|suspension|specimen")
    open_ones = [filled for name, filled in by_route().items() if not private.match(name)]
    return [*itertools.chain(*open_ones), *asked()]


def names() -> list[tuple[str, tuple[str, ...]]]:
    """(name, the places to fill) of every address of ours."""
    return list(dict.fromkeys(_walk(get_resolver().url_patterns)))


def of_admin() -> list[str]:
    """The admin's: the form of every row, the rest of the first and the last of each kind."""
    found = [reverse("admin:index"), reverse("admin:autocomplete")]
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [reverse(f"{base}_changelist"), f"{reverse(f'{base}_changelist')}?q=zebu"]
        keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        found += [reverse(f"{base}_change", args=[key]) for key in keys]
        for key, deed in itertools.product({*keys[:1], *keys[-1:]}, ("history", "delete")):
            found.append(reverse(f"{base}_{deed}", args=[key]))
    return found


def _walk(patterns, places=()):
    for pattern in patterns:
        here = (*places, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver) and not pattern.namespace:
            yield from _walk(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, here


def asked() -> list[str]:
    """Each word in every search, and keys of what is private where a page reads one."""
    topics = [("topic", slug) for slug in Topic.objects.values_list("slug", flat=True)]
    cohorts = [("cohort", slug) for slug in Cohort.objects.values_list("slug", flat=True)]
    queries = [*([("q", words)] for words in SEARCHED), topics, cohorts]
    pages = [f"{reverse(name)}?{urlencode(query)}" for name in SEARCHES for query in queries]
    pages += [f"{reverse('suggest')}?find={words}" for words in SEARCHED]
    for slug, number in Community.objects.values_list("slug", "catalogue_number"):
        pages.append(f"{reverse('studio_start')}?builds_on={slug}")
        pages.append(f"{reverse('insights_beside')}?value=care&value=mastery&but={number}")
        pages.append(f"{reverse('section', args=['big-purpose'])}?value=care&without={number}")
    return [*pages, f"{reverse('invitations')}?code=FORGED"]


def _slugs() -> list[str]:
    return list(Community.objects.values_list("slug", flat=True))


def _fill(name: str, places: tuple[str, ...]) -> list[dict]:
    if not places:
        return [{}]
    for pattern, rule in RULES:
        if re.fullmatch(pattern, name):
            rows = [row if isinstance(row, tuple) else (row,) for row in rule()]
            return [dict(zip(places, row, strict=True)) for row in dict.fromkeys(rows)]
    return [dict(zip(places, row, strict=True)) for row in itertools.product(*map(_any, places))]


def _any(place: str) -> list:
    """Every key that an unknown address might want in this place."""
    models = [Community, Value, Topic, Cohort]
    slugs = [slug for model in models for slug in model.objects.values_list("slug", flat=True)]
    if place in ("pk", "number", "remark", "id"):
        ours = (*apps.get_app_config("communities").get_models(), User)
        return sorted({pk for model in ours for pk in model.objects.values_list("pk", flat=True)})
    return [*slugs, *(photo.key.hex for photo in Photo.objects.all())]


def _of_a_design(model, path="community"):
    """Its parts below their own address, and two of them below a design of somebody else."""

    def rows():
        parts = list(model.objects.order_by("pk").values_list(f"{path}__slug", "pk"))
        strange = [("open-design", pk) for _, pk in parts[:1]]
        strange += [("quokkarivalslugword", pk) for _, pk in parts[:1]]
        return [*parts, *strange]

    return rows


def _keys(model, field="pk"):
    return lambda: list(model.objects.values_list(field, flat=True))


def _design_pictures():
    for photo in Photo.objects.select_related("community"):
        yield from ((slug, photo.key.hex) for slug in (photo.community.slug, "open-design"))


def _versions():
    return list(Version.objects.values_list("community__slug", "number"))


def _pictures():
    for photo in Photo.objects.all():
        yield from ((photo.key.hex, file["name"].rpartition("/")[2]) for file in photo.files)


def _reported():
    for version in Version.objects.select_related("community"):
        number = version.community.catalogue_number
        for note in Snapshot.from_json(version.snapshot).insights:
            yield "insight", insight_key(number, note)
    yield from (("design", str(number)) for number in _keys(Community, "catalogue_number")())
    yield from (("photo", photo.key.hex) for photo in Photo.objects.all())
    yield from (("comment", str(pk)) for pk in _keys(Comment)())
    yield from (("profile", str(pk)) for pk in _keys(Profile)())


def _words():
    yield from (("value", "care"), ("value", "no-such-value"))
    yield from (("topic", slug) for slug in Topic.objects.values_list("slug", flat=True))


# Which keys belong into the places of an address; the first that fits.
RULES = [
    ("studio_photo_(remove|focus|blur|agreement)", _of_a_design(Photo)),
    ("studio_attachment(_move|_remove)?", _of_a_design(Attachment)),
    ("studio_(implementation|implementation_remove|announcement)", _of_a_design(Implementation)),
    ("studio_reflection(_remove)?", _of_a_design(Reflection, "implementation__community")),
    ("studio_insight(_remove)?", _of_a_design(Insight)),
    ("studio_team_remove", _of_a_design(TeamMember)),
    ("studio_invitation_(revoke|again)", _of_a_design(TeamInvitation)),
    ("studio_remark", _of_a_design(Remark, "submission__community")),
    ("design_comment_(answer|take_back)", _of_a_design(Comment)),
    ("studio_section", lambda: [(slug, "big-purpose") for slug in _slugs()]),
    ("studio_version(_restore)?", _versions),
    ("design_picture", _design_pictures),
    ("(studio|design|api_design)(_.*)?", _slugs),
    ("picture", _pictures),
    ("attachment", lambda: [(one.key.hex, one.name) for one in Attachment.objects.all()]),
    ("person", _keys(Profile, "handle")),
    ("section", lambda: ["big-purpose", "no-such-section"]),
    ("value|review_retire", lambda: ["care", "no-such-value"]),
    ("report", _reported),
    # Whoever has the right secret may see; nobody here has.
    ("consent|invitation", lambda: ["1", "x"]),
    ("review_remark_change", lambda: list(Remark.objects.values_list("submission", "pk"))),
    ("review_cohort_person", lambda: itertools.product(_keys(Cohort, "slug")(), _keys(User)())),
    (
        "review_cohort_revoke",
        lambda: list(Cohort.objects.exclude(invitations=None).values_list("slug", "invitations")),
    ),
    ("review_cohort(_.*)?", _keys(Cohort, "slug")),
    ("review_import(_.*)?", _keys(DesignImport)),
    ("review_proposal", _keys(ValueProposal)),
    ("review_(word|merge)", _words),
    ("report_decide", _keys(Report)),
    ("suspension", _keys(Suspension)),
    (
        "review_(submission|page|decide|take|undo|note|remark|unpublish|restore)",
        _keys(Submission),
    ),
    ("mfa_.*", lambda: [1]),
]

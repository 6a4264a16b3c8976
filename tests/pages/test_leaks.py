"""What is not public shows nowhere: every address, filled with everything there is, for outsiders.

The addresses come from the resolver and not from a list, so a new one is crawled as soon as it
exists. Each piece of private content carries a word of its own.
"""

import itertools
import re
from urllib.parse import quote

import pytest
from django.core import mail
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Profile
from communities import workflow
from communities.enums import Action
from communities.models import Comment, Community, Photo
from communities.services.profiles import hide_profile, save_profile
from communities.services.talking import add_comment
from communities.services.vocabulary import propose_value
from gallery.index import index_communities
from tests import factories

# What each state of a design plants; a word stands in every text of it.
STATES = ("draft", "submitted", "changes", "declined", "withdrawn", "unpublished")
WORDS = {state: f"Quokka{state}word" for state in STATES}
HIDDEN, BEHIND, NOTE, PROPOSED, PROFILE = (
    f"Quokka{what}word" for what in ("photo", "behind", "note", "idea", "profile")
)
FORBIDDEN = re.compile("quokka[a-z]+word", re.IGNORECASE)
# An address with many places is filled with so many different combinations.
FILLED = 24
# Signing out would end the walk.
LEFT_OUT = {"account_logout"}


def plant(cast) -> None:
    """One design in each state, and a published one that was written on since."""
    for state in STATES:
        made = factories.community(cast.author, f"{WORDS[state]} design", summary=WORDS[state])
        factories.insight(made, by=cast.author, headline=f"{WORDS[state]} lesson")
        factories.photo(made, by=cast.author, caption=WORDS[state], alt=WORDS[state])
        if state != "draft":
            lead_to(state, factories.submit_for_review(made, by=cast.author), cast)
    shown = factories.community(cast.author, "Open design")
    factories.photo(shown, by=cast.author, caption=HIDDEN, alt=HIDDEN)
    shown = factories.publish(shown, by=cast.author, staff=cast.staff)
    Photo.objects.filter(community=shown).update(is_hidden=True)
    Community.objects.filter(pk=shown.pk).update(summary=BEHIND, description=BEHIND)
    index_communities([shown.pk])
    propose_value(by=cast.author, name=PROPOSED, short=PROPOSED, why=PROPOSED)
    for state in ("waiting", "hidden", "refused"):
        words = f"Quokka{state}word"
        comment = add_comment(shown, kind="tried", text=words, name=words, email=f"{words}@e.org")
        Comment.objects.filter(pk=comment.pk).update(state=state)
    for person, is_hidden in ((cast.author, True), (cast.teammate, False)):
        made = save_profile(
            person,
            handle=f"quokka-{person.pk}",
            pronouns=PROFILE,
            about=PROFILE,
            is_public=is_hidden,
            is_of_age=True,
        )
        hide_profile(made, is_hidden=is_hidden)


def lead_to(state: str, submission, cast) -> None:
    def move(action, by=cast.staff):
        submission.refresh_from_db()
        if action is Action.APPROVE:
            factories.tick(submission, by=by)
        workflow.move(submission, action, by=by, revision=submission.revision, note=NOTE)

    if state == "changes":
        move(Action.REQUEST_CHANGES)
    elif state == "declined":
        move(Action.DECLINE)
    elif state == "withdrawn":
        move(Action.WITHDRAW, by=cast.author)
    elif state == "unpublished":
        move(Action.APPROVE)
        index_communities([submission.community_id])
        move(Action.UNPUBLISH)
        index_communities([submission.community_id])


def patterns():
    """(name, the places to fill) of every address of ours."""

    def walk(found, namespace=""):
        for pattern in found:
            if isinstance(pattern, URLResolver):
                if not (namespace or pattern.namespace):
                    yield from walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern) and pattern.name not in LEFT_OUT:
                yield pattern.name, tuple(pattern.pattern.converters)

    return list(dict.fromkeys(walk(get_resolver().url_patterns)))


def fillings(places: tuple[str, ...]) -> list[dict]:
    """What the places of an address are filled with, the designs first."""
    photos = list(Photo.objects.all())
    slugs = list(Community.objects.values_list("slug", flat=True))
    pools = {
        "slug": [*slugs, "care"],
        "pk": [*range(1, 12)],
        "number": [1, 2],
        "key": [*(photo.key.hex for photo in photos), "big-purpose"],
        "name": [file["name"].rpartition("/")[2] for photo in photos for file in photo.files[:1]],
        "kind": ["design", "photo", "insight", "comment", "profile", "value", "topic"],
        "handle": [profile.handle for profile in Profile.objects.all()],
    }
    chosen = [pools.get(place, ["1", "x"]) for place in places]
    every = list(itertools.product(*chosen))
    step = max(1, len(every) // FILLED)
    return [dict(zip(places, filling, strict=True)) for filling in every[::step]]


def addresses() -> list[str]:
    found = []
    for name, places in patterns():
        for filling in fillings(places):
            try:
                found.append(reverse(name, kwargs=filling))
            except Exception:
                continue
    asked = [
        f"{page}?q={quote(word)}"
        for page in ("/designs/", "/insights/", "/designs/suggest")
        for word in (*WORDS.values(), HIDDEN, BEHIND, NOTE)
    ]
    return [*dict.fromkeys(found), *asked, f"/no-such-page/{WORDS['draft']}"]


def body_of(response) -> str:
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return data.decode("utf-8", "replace") + str(dict(response.headers))


@pytest.mark.parametrize("role", ["visitor", "classmate"])
def test_no_address_tells_outsiders_what_is_not_public(cast, sign_in, role):
    plant(cast)
    client = sign_in(getattr(cast, role))
    told = {}
    walked = addresses()
    for address in walked:
        # What was asked stands in the answer, as it must.
        words = FORBIDDEN.findall(body_of(client.get(address)))
        if unasked := {word.lower() for word in words} - set(FORBIDDEN.findall(address.lower())):
            told[address] = unasked
    assert told == {}
    assert len(walked) > 150


def test_the_words_are_there_for_those_who_may_read_them(cast, sign_in):
    """So that the walk above could find something."""
    plant(cast)
    client = sign_in(cast.author)
    seen = {
        word.lower()
        for address in addresses()
        if address.startswith(("/studio/", "/pictures/"))
        for word in FORBIDDEN.findall(body_of(client.get(address)))
    }
    assert {word.lower() for word in (*WORDS.values(), BEHIND)} <= seen


def test_letters_go_to_the_team_only(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        plant(cast)
    told = [letter for letter in mail.outbox if FORBIDDEN.search(letter.subject + letter.body)]
    assert told
    allowed = {cast.author.email, cast.staff.email}
    assert {to for letter in told for to in letter.to} <= allowed

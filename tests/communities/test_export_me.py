"""What the site keeps about a person, as they take it along: all of it, and nothing of others."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.urls import reverse

from accounts.models import User
from communities.queries.person import LISTS
from communities.services.implementations import add_reflection
from communities.services.profiles import save_profile
from communities.services.reviewing import write_staff_note
from communities.services.talking import add_comment
from communities.services.team import leave
from communities.services.vocabulary import propose_value
from tests import factories

# Links to a person that say nothing more of them than another one does, or nothing at all.
LEFT_OUT = {
    # Who touched a row last: the rows are their team's, in the design's own export.
    *((name, "updated_by") for name in "Attachment Community Section Implementation".split()),
    *((name, "updated_by") for name in "Reflection Insight Photo".split()),
    # The other side of what somebody else's list says.
    ("Suspension", "created_by"),
    ("Suspension", "lifted_by"),
    ("Cohort", "people"),
    ("Community", "team"),
    ("Invitation", "accepted_by"),
    ("TeamEvent", "actor"),
    ("SubmissionEvent", "reader"),
    ("Submission", "reader"),
    ("ValueProposal", "answered_by"),
    ("Remark", "checked_by"),
    ("DesignImport", "undone_by"),
    # Who reported it is nobody's to guess.
    ("Report", "maker"),
    # Keys and times of the machinery.
    ("FormKey", "user"),
    ("Sitting", "user"),
    ("TakenHandle", "user"),
    ("LogEntry", "user"),
}


def links_to_people() -> set[tuple[str, str]]:
    return {
        (model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is User
    }


def test_whatever_belongs_to_a_person_is_in_it_or_left_out_on_purpose():
    listed = {(kept.model.__name__, kept.link) for kept in LISTS}
    assert listed & LEFT_OUT == set()
    assert listed | LEFT_OUT == links_to_people()


@pytest.fixture
def take(sign_in):
    def taken(person) -> dict:
        answer = sign_in(person).get(reverse("account_export"))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/json"
        assert answer["Content-Disposition"].startswith('attachment; filename="account-')
        assert answer["Cache-Control"] == "private, no-store"
        return json.loads(answer.content)

    return taken


def test_it_says_what_is_kept(take, cast):
    shown = factories.published(cast.author, cast.staff, "Open Design")
    draft = factories.community(cast.author, "A Draft")
    photo = factories.photo(draft, by=cast.author)
    save_profile(
        cast.author, handle="amara", pronouns="", about="Hi.", is_public=True, is_of_age=True
    )
    add_comment(shown, kind="tried", text="Held.", author=cast.author)
    propose_value(by=cast.author, name="Candour", short="Short.", why="Why.")
    found = take(cast.author)
    assert found["account"]["email"] == "amara.t@example.org"
    assert found["e-mail addresses"] == [
        {"email": "amara.t@example.org", "verified": True, "primary": True}
    ]
    assert [row["design"] for row in found["teams"]] == [
        {"title": "Open Design", "address": "open-design"},
        {"title": "A Draft", "address": "a-draft"},
    ]
    assert [row["key"] for row in found["pictures uploaded"]] == [str(photo.key)]
    assert found["profile"][0]["about"] == "Hi."
    assert found["comments"][0]["text"] == "Held."
    assert found["proposals"][0]["name"] == "Candour"
    assert [row["action"] for row in found["moves"]] == ["submit"]


def test_whoever_left_takes_their_own_words_and_not_the_name_of_a_draft(take, cast):
    draft = factories.community(cast.author, "A Secret Draft")
    factories.team(cast.teammate, made=draft)
    own = {"author": cast.teammate, "worked_well": "I learned to wait."}
    add_reflection(draft.implementations.get(), by=cast.teammate, **own)
    leave(draft, user=cast.teammate)
    found = take(cast.teammate)
    [reflection] = found["own reflections"]
    assert (reflection["worked_well"], reflection["design"]) == ("I learned to wait.", None)
    assert [row["action"] for row in found["team changes"]] == ["joined", "left"]
    assert "Secret" not in json.dumps(found)
    assert "secret" not in json.dumps(found)


def test_of_a_design_of_others_it_knows_the_public_name_alone(take, cast):
    shown = factories.published(cast.author, cast.staff, "Open Design")
    add_comment(shown, kind="tried", text="Held.", author=cast.classmate)
    type(shown).objects.filter(pk=shown.pk).update(title="Another Name")
    [comment] = take(cast.classmate)["comments"]
    assert comment["design"] == {"title": "Open Design", "address": "open-design"}


def test_secrets_and_notes_of_others_are_not_in_it(take, cast):
    submission = factories.submitted(cast.author)
    write_staff_note(submission, by=cast.staff, text="Between us.")
    EmailAddress.objects.create(user=cast.classmate, email="other@example.org")
    text = json.dumps(take(cast.author))
    for secret in ("Between us.", "other@example.org", "md5$", "password"):
        assert secret not in text
    assert "Between us." in json.dumps(take(cast.staff))


def test_it_costs_the_same_however_much_there_is(cast, sign_in, django_assert_num_queries):
    factories.published(cast.author, cast.staff, "One")
    client = sign_in(cast.author)
    # The session, the person, one for each list, and the names of the designs.
    with django_assert_num_queries(len(LISTS) + 3):
        client.get(reverse("account_export"))
    for title in ("Two", "Three"):
        factories.published(cast.author, cast.staff, title)
    with django_assert_num_queries(len(LISTS) + 3):
        client.get(reverse("account_export"))

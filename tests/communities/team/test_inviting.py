"""Invitations into a team: made, passed on, accepted, and everything that closes them."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Invitation
from communities.models import TeamEvent, TeamInvitation, TeamMember
from tests import factories
from tests.accounts.door import last_code, sign_up, type_code
from tests.html import assert_valid

from .conftest import path_in_letter

KEY = "7d444840-9dc0-11d1-b245-5ffdce74fad2"


def names(made) -> list[str]:
    return [member.user.name for member in made.members.select_related("user")]


def test_a_link_lets_somebody_in_as_a_designer_named_last(link, sign_in, cast, made):
    path = link()
    client = sign_in(cast.classmate)
    page = client.get(path).content.decode()
    assert "Amara T. invites you" in page
    assert "Into the team of the design “Bench Swap”, as a designer." in page
    assert_valid(page)
    assert names(made) == ["Amara T.", "Jun-ho P."]
    answer = client.post(path)
    assert answer.url == f"/studio/{made.slug}/"
    assert names(made) == ["Amara T.", "Jun-ho P.", "Lucía V."]
    assert made.members.get(user=cast.classmate).role == "designer"
    assert client.get(answer.url).status_code == 200
    [event] = TeamEvent.objects.filter(action="joined", person=cast.classmate)
    assert event.actor == cast.classmate
    page = sign_in(cast.teammate).get(f"/studio/{made.slug}/team/").content.decode()
    assert "Lucía V. joined the team." in page


def test_the_secret_stands_nowhere_in_the_database(link):
    secret = link().split("/")[-2]
    [row] = Invitation.objects.values()
    assert len(secret) == 32
    assert secret not in str(row)


def test_a_second_click_shows_the_same_link_and_makes_one_invitation(link, invite):
    first = link(key=KEY)
    assert link(key=KEY) == first
    assert link(key=KEY, uses="2") != first
    assert Invitation.objects.count() == 2


def test_somebody_elses_key_makes_another_secret(link, cast, made):
    first = link(key=KEY)
    made.members.filter(user=cast.teammate).update(role="lead")
    assert link(key=KEY, by=cast.teammate) != first


def test_a_link_for_two_lets_two_in_and_no_third(link, sign_in, cast, made):
    path = link(uses="2")
    for number in range(2):
        assert sign_in(factories.person(f"Guest {number}")).post(path).status_code == 302
    answer = sign_in(cast.classmate).post(path)
    assert answer.status_code == 409
    assert "This invitation has been used" in answer.content.decode()
    assert sign_in(cast.classmate).get(path).status_code == 410
    assert made.members.count() == 4


def test_who_is_in_already_spends_nothing(link, sign_in, cast, made):
    path = link()
    page = sign_in(cast.teammate).get(path).content.decode()
    assert "You are in already" in page
    sign_in(cast.teammate).post(path)
    sign_in(cast.classmate).post(path)
    assert sign_in(cast.classmate).post(path).status_code == 302
    assert made.members.count() == 3


def test_opening_a_link_signs_nobody_in_and_asks_to_sign_in_first(link, client, sign_in):
    path = link()
    page = sign_in(None).get(path)
    text = page.content.decode()
    assert "Amara T. invites you" in text
    assert f'href="/accounts/login/?next={path}"' in text
    assert f'href="/accounts/signup/?next={path}"' in text
    assert "no-store" in page.headers["Cache-Control"]
    assert_valid(text)
    answer = client.post(path)
    assert answer.url == f"/accounts/login/?next={path}"


def test_the_link_survives_signing_up_with_a_typed_code(link, client, sign_in, made):
    path = link()
    sign_in(None)
    page = client.get(f"/accounts/signup/?next={path}").content.decode()
    assert f'value="{path}"' in page
    sign_up(client, next=path)
    assert type_code(client, "account_email_verification_sent", last_code()).url == path
    assert "Nadia K." in client.get(path).content.decode()
    assert client.post(path).url == f"/studio/{made.slug}/"
    assert names(made)[-1] == "Nadia K."


def test_a_letter_is_bound_to_its_address_whatever_its_case(invite, sign_in, cast, made):
    answer = invite(way="letter", addresses="  Lucía <LUC.V@Example.org>; new@example.org ")
    assert answer.url == f"/studio/{made.slug}/team/"
    assert [letter.to for letter in mail.outbox] == [["luc.v@example.org"], ["new@example.org"]]
    letter = mail.outbox[0]
    assert letter.subject == "[Gatherings] Amara T. invites you: Bench Swap"
    assert "invites you into the team of “Bench Swap”" in letter.body
    cast.classmate.email = "Luc.V@example.org".lower()
    cast.classmate.save()
    path = path_in_letter()
    answer = sign_in(cast.classmate).get(path)
    page = answer.content.decode()
    assert "This invitation is for another address" in page
    assert "n…@example.org" in page
    assert "new@example.org" not in page
    assert sign_in(cast.classmate).post(path).status_code == 409
    assert made.members.count() == 2
    [theirs] = [m.body for m in mail.outbox if m.to == ["luc.v@example.org"]]
    path = theirs.split("http://testserver")[1].split()[0]
    assert sign_in(cast.classmate).post(path).status_code == 302
    assert made.members.count() == 3


def test_the_same_address_is_invited_once_until_it_is_sent_again(invite, sign_in, cast, made):
    invite(way="letter", addresses="new@example.org")
    invite(way="letter", addresses="NEW@example.org, other@example.org")
    assert [letter.to[0] for letter in mail.outbox] == ["new@example.org", "other@example.org"]
    first = mail.outbox[0].body.split("http://testserver")[1].split()[0]
    team = TeamInvitation.objects.get(invitation__email="new@example.org")
    sign_in(cast.author).post(f"/studio/{made.slug}/team/invitations/{team.pk}/again/")
    assert len(mail.outbox) == 3
    new = factories.person("New")
    assert sign_in(new).post(first).status_code == 404
    assert sign_in(new).post(path_in_letter()).status_code == 302


def test_an_address_with_an_account_is_answered_like_any_other(invite, cast):
    """Nobody learns by inviting who has an account."""
    answers = []
    for address in (cast.classmate.email, "nobody@example.org"):
        answer = invite(way="letter", addresses=address)
        page = answer.wsgi_request._messages
        answers.append([str(m).replace(address, "…") for m in page])
    assert answers[0] == answers[1] == ["Invited: …."]


def test_an_invitation_runs_out(link, sign_in, cast, made, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False)
    path = link(days="3")
    time_machine.move_to(datetime(2026, 3, 5, 9, 1, tzinfo=UTC), tick=False)
    answer = sign_in(cast.classmate).get(path)
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "This invitation has run out" in page
    assert "Ask Amara T. for a new one." in page
    assert "Bench Swap" not in page
    assert sign_in(cast.classmate).post(path).status_code == 409
    assert made.members.count() == 2


def test_an_invitation_is_taken_back(link, sign_in, cast, made):
    path = link()
    team = TeamInvitation.objects.get()
    sign_in(cast.author).post(f"/studio/{made.slug}/team/invitations/{team.pk}/revoke/")
    answer = sign_in(cast.classmate).post(path)
    assert answer.status_code == 409
    assert "This invitation was taken back" in answer.content.decode()
    page = sign_in(cast.author).get(f"/studio/{made.slug}/team/").content.decode()
    assert "No invitation is open." in page


def test_only_a_lead_invites_and_nobody_into_another_team(invite, sign_in, cast, made):
    assert invite(by=cast.teammate).status_code == 404
    assert invite(by=cast.classmate).status_code == 404
    assert invite(by=cast.staff).status_code == 404
    invite(way="letter", addresses="new@example.org")
    [team] = TeamInvitation.objects.all()
    other = factories.community(cast.classmate, "Another")
    address = f"/studio/{other.slug}/team/invitations/{team.pk}/revoke/"
    assert sign_in(cast.classmate).post(address).status_code == 404
    assert team.invitation.is_open


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"way": "letter", "addresses": ""}, "Write at least one address, or make a link."),
        ({"way": "letter", "addresses": "a@b, fine@example.org"}, "“a@b” is not an e-mail address"),
        ({"way": "letter", "addresses": "my friend"}, "There is no e-mail address in it."),
        ({"way": "letter", "addresses": " ".join(f"x{n}@e.org" for n in range(11))}, "At most 10"),
        ({"way": "letter", "addresses": f"{'x' * 3000}@e.org"}, "Shorten this to 2,000"),
        ({"uses": "0"}, "greater than or equal to 1"),
        ({"uses": "9" * 30}, "less than or equal to 20"),
        ({"role": "owner"}, "Choose one of these."),
        ({"days": "9999"}, "Choose one of these."),
        ({"way": "\x00"}, "Choose one of these."),
    ],
)
def test_what_cannot_be_is_refused_with_everything_kept(invite, data, words):
    answer = invite(**data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert data.get("addresses", "") in page
    assert_valid(page)
    assert not Invitation.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("secret", ["x", "%00", "x" * 2_000, "ABCD-2345", "%F0%9F%8C%8D", "a%2Fb"])
def test_an_unknown_secret_is_said_to_be_unknown(client, db, secret):
    answer = client.get(f"/invitations/{secret}/")
    assert answer.status_code == 404


def test_guessing_is_stopped_for_the_guesser_alone(link, sign_in, cast):
    path = link()
    client = sign_in(cast.classmate)
    answers = [client.get(f"/invitations/GUESS{n:03}/").status_code for n in range(12)]
    assert answers == [404] * 10 + [429] * 2
    assert client.get(path).status_code == 429
    assert sign_in(cast.teammate).get(path).status_code == 200


def test_too_many_letters_are_stopped(invite):
    answers = [invite(way="letter", addresses=f"x{n}@example.org") for n in range(21)]
    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert len(mail.outbox) == 20


def test_a_letter_that_cannot_be_sent_is_said_and_can_be_sent_again(
    invite, sign_in, cast, made, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    invite(way="letter", addresses="new@example.org")
    page = sign_in(cast.author).get(f"/studio/{made.slug}/team/").content.decode()
    assert "The letter was not sent" in page
    assert_valid(page)


def test_a_code_is_typed_on_its_own_page(client, db):
    assert_valid(client.get("/invitations/").content.decode())
    answer = client.get("/invitations/", {"code": " k7qm 4t9x "})
    assert answer.url == "/invitations/k7qm4t9x/"
    page = client.get("/invitations/", {"code": "../../admin"}).content.decode()
    assert "A code has only letters and figures" in page


def test_starting_as_a_team(sign_in, cast):
    data = {"title": "Together", "teammates": "new@example.org\nother@example.org", "key": KEY}
    client = sign_in(cast.author)
    assert client.post(reverse("studio_start"), data).url == "/studio/together/"
    client.post(reverse("studio_start"), data)
    assert [letter.to[0] for letter in mail.outbox] == ["new@example.org", "other@example.org"]
    answer = client.post(reverse("studio_start"), {"title": "Odd", "teammates": "x@y"})
    assert answer.status_code == 422
    assert "“x@y” is not an e-mail address." in answer.content.decode()


def test_the_team_is_full(link, sign_in, cast, made, monkeypatch):
    path = link()
    for number in range(28):
        user = factories.User.objects.create(email=f"m{number}@example.org", name=f"M {number}")
        TeamMember.objects.create(community=made, user=user, position=number + 2)
    answer = sign_in(cast.classmate).post(path)
    assert answer.status_code == 409
    assert "The team is full" in answer.content.decode()
    assert Invitation.objects.get().uses_left == 1


def test_a_key_of_the_site_that_was_replaced_still_opens_invitations(link, sign_in, cast, settings):
    path = link()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-that-nobody-has-seen-before"
    assert sign_in(cast.classmate).get(path).status_code == 200


def test_an_answer_after_the_session_ended_comes_back_to_the_invitation(link, client, drawn, cast):
    path = link()
    client.logout()
    assert client.post(path, drawn(cast.classmate)).url == f"/accounts/login/?next={path}"

import pytest
from django.core.management import call_command

from accounts.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from accounts.services import verified_person


@pytest.fixture(autouse=True)
def _no_address(monkeypatch):
    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.delenv("PORT", raising=False)


def said(capsys) -> list[str]:
    call_command("welcome")
    return capsys.readouterr().out.strip().splitlines()


def test_without_demo_people_it_says_where_and_how_to_stop(db, capsys):
    assert said(capsys) == ["Gatherings is at http://127.0.0.1:8000/", "Stop with Ctrl+C."]


@pytest.mark.parametrize(
    ("host", "shown"),
    [("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("::1", "[::1]"), ("box.local", "box.local")],
)
def test_the_address_is_the_one_the_server_uses(db, capsys, monkeypatch, host, shown):
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "9000")
    assert said(capsys)[0] == f"Gatherings is at http://{shown}:9000/"


def test_it_introduces_those_whose_password_is_still_the_public_one(db, capsys):
    first, second, changed, closed = DEMO_PEOPLE
    for person in DEMO_PEOPLE:
        password = "my own sentence" if person is changed else DEMO_PASSWORD
        verified_person(person.email, password, name=person.name, is_active=person is not closed)
    width = max(len(first.email), len(second.email))
    assert said(capsys)[1:5] == [
        "Demo accounts (e-mail address, password):",
        f"  {first.email:<{width}}  plan-of-the-house  {first.name}, {first.part}",
        f"  {second.email:<{width}}  plan-of-the-house  {second.name}, {second.part}",
        "",
    ]

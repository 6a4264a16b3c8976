import pytest

from accounts.spam import stamp
from communities.models import Community
from tests import factories


@pytest.fixture
def made(cast) -> Community:
    """A published design."""
    return factories.published(cast.author, cast.staff, "Open Yard")


@pytest.fixture
def say(client, made, django_capture_on_commit_callbacks):
    """say(text, by=person, **fields) comments as a browser would that stands on our page."""

    def said(text="How did it begin?", *, by=None, address="10.0.0.1", on=None, **fields):
        client.logout()
        if by is not None:
            client.force_login(by)
        data = {"kind": "question", "text": text, "name": "Kim", "email": "", "drawn": stamp(60)}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                f"/designs/{(on or made).slug}/comments/",
                {**data, **fields},
                headers={"origin": "http://testserver"},
                REMOTE_ADDR=address,
            )

    return said


@pytest.fixture
def moderate(sign_in, cast, django_capture_on_commit_callbacks):
    """moderate(deed, *comments) as staff, as the page would send it."""

    def moderated(deed, *comments, tab="waiting", by=None, reason=""):
        client = sign_in(by or cast.staff)
        data = {"deed": deed, "chosen": [one.pk for one in comments], "reason": reason}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/review/comments/?tab={tab}", data)

    return moderated


@pytest.fixture
def read(client, made):
    """What a visitor reads on the page of comments, and on the page of the design."""

    def texts() -> tuple[str, str]:
        client.logout()
        pages = (f"/designs/{made.slug}/comments/", f"/designs/{made.slug}/")
        return tuple(client.get(page).content.decode() for page in pages)

    return texts

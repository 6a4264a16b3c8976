import pytest

from accounts.spam import stamp
from communities.models import Photo
from tests import factories


@pytest.fixture
def made(cast):
    """A published design with a picture and an insight."""
    made = factories.community(cast.author, "Open Yard")
    factories.photo(made, by=cast.author, caption="At the gate")
    return factories.publish(made, by=cast.author, staff=cast.staff)


@pytest.fixture
def photo(made) -> Photo:
    return Photo.objects.get(community=made)


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """send(kind, key, **fields) reports as a browser would that stands on our page."""

    def sent(kind, key, *, by=None, address="10.0.0.1", origin="http://testserver", **fields):
        client.logout()
        if by is not None:
            client.force_login(by)
        data = {"problem": "other", "words": "", "email": "", "website": "", "drawn": stamp(60)}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                f"/report/{kind}/{key}/",
                {**data, **fields},
                headers={"origin": origin},
                REMOTE_ADDR=address,
            )

    return sent


@pytest.fixture
def decide(sign_in, cast, django_capture_on_commit_callbacks):
    """decide(report, **fields) as staff; `by` is another person, `seen` what they saw."""

    def decided(report, *, by=None, **fields):
        client = sign_in(by or cast.staff)
        page = client.get(f"/review/reports/{report.pk}/")
        seen = page.context["page"].seen if page.status_code == 200 else 0
        data = {"deed": "keep", "step": "nothing", "reason": "Because.", "seen": seen}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/review/reports/{report.pk}/", {**data, **fields})

    return decided

"""A lesson that staff hid names somebody, who is erased afterwards."""

from django.urls import reverse

from communities.models import Community, Report, ReportEvent
from communities.snapshot import Snapshot
from communities.subjects import insight_key
from tests import factories


def lessons(made) -> tuple[list[str], list[str]]:
    """The headlines of the published version, and the digests of those that are hidden."""
    left = Community.objects.select_related("published_version").get(pk=made.pk)
    snapshot = Snapshot.from_json(left.published_version.snapshot)
    return [note.headline for note in snapshot.insights], left.hidden_insights


def test_it_stays_hidden_with_its_log_and_can_be_shown_again(cast, client, send, decide):
    person = factories.person("Zanzibara Q.")
    made = factories.team(cast.author, made=factories.community(person))
    factories.insight(made, by=person, headline="Never ask Zanzibara Q.")
    made = factories.publish(made, by=person, staff=cast.staff)
    before = Snapshot.from_json(made.published_version.snapshot).insights[1]
    send("insight", insight_key(made.catalogue_number, before), problem="harmful")
    decide(Report.objects.get(), deed="hide", reason="It names somebody.")
    assert lessons(made)[1] == [before.digest]
    told = list(ReportEvent.objects.values_list("deed", "actor", "reason", "created_at"))

    client.force_login(cast.staff)
    sent = {"email": person.email, "confirm": "erase"}
    assert client.post(reverse("review_erase"), sent).url == reverse("review")

    made.refresh_from_db()
    after = Snapshot.from_json(made.published_version.snapshot).insights[1]
    assert lessons(made) == (
        ["Teach it tomorrow", "Never ask A former member"],
        [after.digest],
    )
    assert list(ReportEvent.objects.values_list("deed", "actor", "reason", "created_at")) == told
    key = insight_key(made.catalogue_number, after)
    assert set(ReportEvent.objects.values_list("key", flat=True)) == {key}
    client.logout()
    assert "Never ask" not in client.get(f"/designs/{made.slug}/").text
    decide(Report.objects.get(key=key), deed="restore", reason="It names nobody now.")
    assert lessons(made)[1] == []
    client.logout()
    assert "Never ask A former member" in client.get(f"/designs/{made.slug}/").text

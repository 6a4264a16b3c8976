from communities.models import Community
from communities.snapshot import Snapshot
from tests import factories


def test_a_design_goes_the_whole_way(cast):
    made = factories.published(cast.author, cast.staff)
    snapshot = Snapshot.from_json(made.published_version.snapshot)
    assert snapshot.title == "The Mending Circle"
    assert [value.slug for value in snapshot.values] == ["care", "mastery"]
    assert (made.slug, made.catalogue_number) == ("the-mending-circle", 1)
    assert list(Community.objects.published()) == [made]

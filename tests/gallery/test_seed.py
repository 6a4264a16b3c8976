"""`manage.py seed`: synthetic designs that pages, exports, feeds and search take like any other."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Cohort, User
from communities.models import Community, OldSlug, Topic
from communities.snapshot import HeldValue, SectionText, Snapshot
from communities.synthetic import shelf, studio
from communities.synthetic.designs import Brief, terms
from communities.synthetic.making import Batch, Ground, Maker, Spot
from gallery import bulk
from gallery.catalogue import current_catalogue
from gallery.corpora import DESIGNS
from gallery.models import Entry
from tests import factories
from tests.gallery.test_index import everything

N = 60
COHORTS = [term.reference.slug for term in terms()]


def seed(*, designs=None, **options):
    out = StringIO()
    call_command("seed", designs=designs, stdout=out, **options)
    return out.getvalue()


def said() -> dict[str, dict]:
    rows = shelf.synthetic().values_list("slug", "published_version__snapshot")
    return dict(rows)


@pytest.fixture
def seeded(db):
    seed(designs=N)


def test_so_many_are_published_and_found(seeded):
    assert shelf.synthetic().count() == N
    assert len(current_catalogue().everything) == Entry.objects.count() == N
    found = {name for name, sets in current_catalogue().choices.items() if name and any(sets)}
    assert found == {facet.name for facet in DESIGNS.facets} | {*DESIGNS.measures, "section"}


def test_each_is_as_long_as_a_real_one_and_some_build_on_others(seeded):
    words = [len(str(snapshot).split()) for snapshot in said().values()]
    assert 700 < sum(words) / N < 1_100
    assert Entry.objects.filter(built_on_count__gt=0).exists()
    parents = Community.objects.exclude(parent=None).select_related("parent", "published_version")
    for child in parents:
        built_on = Snapshot.from_json(child.published_version.snapshot).built_on
        assert (built_on.slug, built_on.name) == (child.parent.slug, child.parent.title)


def test_the_same_seed_says_the_same_and_another_something_else(seeded):
    first = said()
    seed(clear=True, designs=N)
    assert said() == first
    seed(clear=True, designs=5, seed=2)
    assert said()["synthetic-1"] != first["synthetic-1"]


def test_a_second_run_continues(db):
    seed(designs=7)
    first = said()
    seed(designs=12)
    assert {slug: text for slug, text in said().items() if slug in first} == first
    assert shelf.synthetic().count() == 12
    assert "0 synthetic designs added" in seed(designs=12)


def test_pages_exports_and_feeds_work(client, seeded):
    page = "/designs/synthetic-3/"
    for address in (page, f"{page}lineage/", f"{page}cite/", f"{page}export.md"):
        assert client.get(address).status_code == 200, address
    design = client.get(f"{page}export.json").json()
    assert design["title"] == Community.objects.get(slug="synthetic-3").title
    newest = Entry.objects.first()
    assert newest.title in client.get("/feed.atom").text
    assert newest.title in client.get("/designs/").text


def test_clearing_leaves_what_is_real(client, cast, seeded):
    real = factories.published(cast.author, cast.staff, "The Mending Circle")
    seed(clear=True)
    assert list(Community.objects.all()) == [real]
    assert [entry.slug for entry in Entry.objects.all()] == ["the-mending-circle"]
    assert set(current_catalogue().everything) == {real.catalogue_number}
    assert not Cohort.objects.exists()
    assert not Topic.objects.exists()
    assert not User.objects.filter(email=shelf.AUTHOR).exists()


def test_nobody_signs_in_as_their_author(seeded):
    author = User.objects.get(email=shelf.AUTHOR)
    assert not author.is_active
    assert not author.has_usable_password()


@pytest.mark.parametrize("old", [False, True])
def test_an_address_in_use_is_refused_politely(cast, old):
    made = factories.community(cast.author, "Synthetic 1")
    if old:
        OldSlug.objects.create(slug="synthetic-9", community=made)
        Community.objects.filter(pk=made.pk).update(slug="another")
    with pytest.raises(CommandError, match="synthetic-9" if old else "synthetic-1"):
        seed(designs=3)
    assert list(Community.objects.all()) == [made]


def test_a_synthetic_design_that_somebody_took_over_stays(cast, seeded):
    taken = Community.objects.get(slug="synthetic-5")
    factories.team(cast.author, made=taken)
    seed(clear=True)
    assert list(Community.objects.all()) == [taken]


@pytest.mark.parametrize("options", [{}, {"designs": -1}])
def test_a_number_is_needed(db, options):
    with pytest.raises(CommandError):
        seed(**options)


def test_what_was_seeded_is_what_a_rebuild_gives(cast, seeded):
    factories.published(cast.author, cast.staff, "The Mending Circle")
    seed(designs=N + 15)
    whole = everything()
    assert len(whole["entries"]) == N + 16
    call_command("rebuild_search", verbosity=0)
    assert everything() == whole


def test_a_seed_that_was_interrupted_is_finished_by_the_next(db, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(bulk, "write_sets_anew", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seed(designs=N)
    assert not current_catalogue().everything
    assert "0 synthetic designs added" in seed(designs=N)
    assert len(current_catalogue().everything) == N


def test_what_is_published_meanwhile_gets_keys_of_its_own(cast, seeded):
    real = factories.published(cast.author, cast.staff, "The Mending Circle")
    seed(designs=N + 1)
    assert Community.objects.get(pk=real.pk).title == "The Mending Circle"
    assert shelf.synthetic().count() == N + 1


def test_a_second_process_makes_the_same():
    brief = Brief(
        seed=3,
        values=[HeldValue(slug="care", name="Care", mark="care")],
        sections=[SectionText(key="people", title="People")],
    )
    ground = Ground(author=1, values={"care": 1}, cohorts=dict.fromkeys(COHORTS, 1))
    batches = [[Spot(n, n, n, n) for n in numbers] for numbers in ([1, 2], [3], [4, 5], [6])]
    maker = Maker(brief, ground, index=len)
    here = [facts(batch) for batch in map(maker, batches)]
    maker = Maker(brief, ground, index=len)
    there = [facts(batch) for batch in studio.made_ahead(maker, batches)]
    assert there == here
    assert [spot.number for batch in there for spot in batch[0]] == [1, 2, 3, 4, 5, 6]
    assert [batch[-1] for batch in there] == [2, 1, 2, 1]


def facts(batch: Batch) -> tuple:
    """All of it but for the moment at which it was made."""
    tables = [
        (table.model, [row[: table.columns.index("created_at")] for row in table.rows])
        if table.model == "communities.Version"
        else (table.model, len(table.rows))
        for table in batch.tables
    ]
    return batch.spots, tables, batch.topics, batch.links, batch.indexed

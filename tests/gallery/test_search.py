"""Filters, counts, orders and addresses, against brute force over small catalogues."""

import threading

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import FrozenBitMap

from communities.models import Community
from communities.snapshot import ImplementationNote, Snapshot
from gallery import catalogue as catalogue_module
from gallery import index
from gallery.catalogue import Catalogue, current_catalogue
from gallery.corpora import DESIGNS
from gallery.enums import Match, Sort
from gallery.forms import SearchForm
from gallery.models import FacetSet, Generation
from gallery.models.generation import REMEMBERED
from gallery.search import Search, SearchState
from tests.gallery.shelf import held, shelve

VALUE, KIND = DESIGNS.facets[:2]
CHOICES = {"value": ["a", "b", "c"], "kind": ["x", "y"], "topic": ["p", "q"]}

designs = st.lists(
    st.fixed_dictionaries(
        {name: st.sets(st.sampled_from(choices)) for name, choices in CHOICES.items()}
        | {"participants": st.integers(0, 3), "built": st.integers(0, 2)}
    ),
    max_size=12,
)
states = st.builds(
    SearchState,
    chosen=st.fixed_dictionaries(
        {
            name: st.lists(st.sampled_from([*choices, "gone"]), unique=True).map(tuple)
            for name, choices in CHOICES.items()
        }
    ),
    match=st.sampled_from(Match.values),
    sort=st.sampled_from(["", Sort.NEWEST, Sort.PARTICIPANTS, Sort.BUILT_ON]),
)


def made(rows) -> Catalogue:
    choices = {
        name: {
            choice: FrozenBitMap(n for n, row in enumerate(rows, 1) if choice in row[name])
            for choice in sorted(set().union(*(row[name] for row in rows)))
        }
        for name in CHOICES
    }
    choices[""] = {"": FrozenBitMap(range(1, len(rows) + 1))}
    measures = {Sort.PARTICIPANTS: "participants", Sort.BUILT_ON: "built"}
    for sort, name in measures.items():
        choices[sort.value] = {
            str(amount): FrozenBitMap(n for n, row in enumerate(rows, 1) if row[name] == amount)
            for amount in {row[name] for row in rows}
        }
    return Catalogue("1-key", DESIGNS, choices, {})


def holds(row, state: SearchState, *, but="") -> bool:
    for name in CHOICES:
        chosen = set(state.of(name))
        if not chosen or name == but:
            continue
        wanted = all if name == "value" and state.match == Match.ALL else any
        if not wanted(choice in row[name] for choice in chosen):
            return False
    return True


@given(designs, states)
@settings(max_examples=300, deadline=None)
def test_results_counts_and_order_equal_brute_force(rows, state):
    search = Search(state, made(rows))
    right = [n for n, row in enumerate(rows, 1) if holds(row, state)]
    assert list(search.found) == right
    assert search.total == len(right)

    for facet in (f for f in DESIGNS.facets if f.name in CHOICES):
        own_narrow = facet.can_match_all and state.match == Match.ALL
        but = "" if own_narrow else facet.name
        counts = search.counts(facet)
        right_counts = {
            choice: sum(choice in row[facet.name] and holds(row, state, but=but) for row in rows)
            for choice in CHOICES[facet.name]
        }
        assert {choice: counts.get(choice, 0) for choice in right_counts} == right_counts
        most = sorted(filter(right_counts.get, right_counts), key=lambda c: (-right_counts[c], c))
        assert sorted(search.most_found(facet, 2).values()) == sorted(
            right_counts[choice] for choice in most[:2]
        )

    by = {Sort.PARTICIPANTS: "participants", Sort.BUILT_ON: "built"}.get(state.sort)
    order = sorted(right, key=lambda n: (-rows[n - 1][by] if by else 0, -n))
    assert search.numbers(0, 5) + search.numbers(5, 50) == order


@given(designs, states, st.sampled_from(["a", "b", "c"]))
@settings(max_examples=200, deadline=None)
def test_a_count_under_all_is_what_adding_the_value_gives(rows, state, value):
    state = SearchState(chosen=state.chosen, match=Match.ALL)
    catalogue = made(rows)
    promised = Search(state, catalogue).counts(VALUE).get(value, 0)
    assert Search(state.with_("value", value), catalogue).total == promised


def understood(query: str) -> SearchForm:
    form = SearchForm(QueryDict(query), catalogue=current_catalogue())
    form.full_clean()
    return form


ADDRESSES = [
    ("", ""),
    ("q=&match=any&sort=&page=1", ""),
    (
        "page=2&kind=camp&value=play&value=care&q=big+tent",
        "q=big+tent&value=care&value=play&kind=camp&page=2",
    ),
    ("value=play&value=play&match=all&match=all", "value=play&match=all"),
    ("value=fairness", "value=equity"),
    ("sort=newest", ""),
    ("sort=relevance", ""),
    ("q=x&sort=relevance", "q=x"),
    ("q=x&sort=newest", "q=x&sort=newest"),
    ("sort=built-on", "sort=built-on"),
    ("q=+%00+quiet%1f++room+", "q=quiet+room"),
    ("page=0", ""),
    ("page=-3", ""),
    ("page=two", ""),
    ("page=1000000000", "page=1000000"),
    ("page=" + "9" * 5000, "page=1000000"),
    ("colour=red&value=nonsense&kind=&match=some&sort=x", ""),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("given_query", "canonical"), ADDRESSES)
def test_any_query_string_has_one_canonical_form(given_query, canonical):
    state = understood(given_query).state
    assert state.query == canonical
    again = understood(state.query).state
    assert (again.query, again.sorted_by) == (canonical, state.sorted_by)


@pytest.mark.django_db
def test_what_is_left_out_is_said():
    assert understood("value=play&q=x&page=2").hints == []
    assert understood("colour=red&value=nonsense&match=some&page=x").hints == [
        "We don’t know the match “some”.",
        "We don’t know the page “x”.",
        "We don’t know the value “nonsense”.",
        "There is no filter called “colour”.",
    ]
    assert understood(f"q={'a' * 300}").hints == ["We searched for the first 200 characters only."]
    assert len(understood("&".join(f"x{n}=1" for n in range(50))).hints) == 4


def test_links_add_and_remove_one_choice_and_go_back_to_page_one():
    state = SearchState(q="tent", chosen={"value": ("care",)}, page=3, sort=Sort.BUILT_ON)
    assert state.with_("value", "play").url == (
        "/designs/?q=tent&value=care&value=play&sort=built-on"
    )
    assert state.without_("value", "care").url == "/designs/?q=tent&sort=built-on"
    assert state.without_words().url == "/designs/?value=care&sort=built-on"
    assert state.without_filters().url == "/designs/?q=tent&sort=built-on"
    assert state.on_page(4).url == "/designs/?q=tent&value=care&sort=built-on&page=4"
    assert SearchState().url == "/designs/"


@pytest.fixture
def shelf(db):
    ran = ImplementationNote
    shelve(
        Snapshot(
            title="One",
            kind="camp",
            values=held("play"),
            implementations=(ran(outcome="ran", participants_within=9),),
        ),
        Snapshot(title="Two tent", kind="camp", values=held("play", "care")),
        Snapshot(
            title="Three",
            kind="team",
            description="A tent.",
            implementations=(ran(outcome="ran", participants_beyond=30),),
        ),
    )


def numbers(**state) -> list[int]:
    return Search(SearchState(**state), current_catalogue()).numbers(0, 9)


def test_words_filters_and_orders_work_together(shelf):
    assert numbers() == [3, 2, 1]
    assert numbers(q="tent") == [2, 3]
    assert numbers(q="tent", sort=Sort.NEWEST) == [3, 2]
    assert numbers(q="tent", chosen={"kind": ("team",)}) == [3]
    assert numbers(q="-tent") == [1]
    assert numbers(sort=Sort.PARTICIPANTS) == [3, 1, 2]
    search = Search(SearchState(q="tent"), current_catalogue())
    assert search.counts(KIND) == {"camp": 1, "team": 1}
    assert search.counts(VALUE) == {"play": 1, "care": 1}


def test_the_catalogue_is_loaded_once_for_each_generation(shelf, django_assert_num_queries):
    current_catalogue()
    with django_assert_num_queries(1):
        first = current_catalogue()
    index.index_community(Community.objects.get(title="One").pk)
    with django_assert_num_queries(3):
        second = current_catalogue()
    assert second is not first
    assert list(second.everything) == [1, 2, 3]


def test_only_what_changed_is_loaded_and_the_old_catalogue_stays_whole(shelf):
    first = current_catalogue()
    Community.objects.filter(title="One").update(published_version=None)
    index.index_community(Community.objects.get(title="One").pk)
    FacetSet.objects.filter(key="designs/kind/team").update(numbers=FrozenBitMap().serialize())
    second = current_catalogue()
    assert list(first.everything) == [1, 2, 3]
    assert list(second.everything) == [2, 3]
    assert Search(SearchState(sort=Sort.PARTICIPANTS), second).numbers(0, 9) == [3, 2]
    # Nobody said that this set changed, so it is still the one in memory.
    assert second.under("kind", "team") is first.under("kind", "team")
    assert "ran" in second.choices["outcome"]
    assert list(second.under("kind", "camp")) == [2]


def test_a_restored_backup_is_loaded_whole(shelf):
    """Its number may be reached again by other changes than those that a process has seen."""
    backup = Generation.objects.get()
    sets = list(FacetSet.objects.all())
    index.index_community(Community.objects.get(title="One").pk)
    assert list(current_catalogue().under("kind", "camp")) == [1, 2]
    backup.save()
    FacetSet.objects.all().delete()
    FacetSet.objects.bulk_create(sets)
    FacetSet.objects.filter(key="designs/kind/camp").update(numbers=FrozenBitMap([2]).serialize())
    for _ in range(3):
        index.index_community(Community.objects.get(title="Three").pk)
    assert list(current_catalogue().under("kind", "camp")) == [2]


def test_a_process_that_missed_many_changes_loads_everything(shelf):
    current_catalogue()
    FacetSet.objects.filter(key="designs/kind/camp").update(numbers=FrozenBitMap([2]).serialize())
    for _ in range(REMEMBERED):
        index.index_community(987_654)
    assert list(current_catalogue().under("kind", "camp")) == [2]
    assert len(Generation.objects.get().past) == REMEMBERED - 1


def test_the_same_words_are_asked_of_the_database_once(shelf, django_assert_num_queries):
    catalogue = current_catalogue()
    with django_assert_num_queries(1):
        assert Search(SearchState(q="tent"), catalogue).total == 2
        assert Search(SearchState(q=" tent", page=2), catalogue).total == 2


@pytest.mark.django_db(transaction=True)
def test_threads_never_see_half_an_index(monkeypatch):
    """Several ask at once while the generation changes: each gets a whole one, loaded once."""
    loads, seen = [], []
    numbers = FrozenBitMap(range(1, 50))

    def load(corpus, state, before):
        loads.append(str(state))
        return Catalogue(str(state), corpus, {"": {"": numbers}, "kind": {"camp": numbers}}, {})

    monkeypatch.setattr(catalogue_module, "_loaded", load)
    with transaction.atomic():
        Generation.bump()

    def ask():
        found = current_catalogue()
        seen.append((len(found.everything), len(found.under("kind", "camp"))))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [(49, 49)] * 8
    assert loads == [Generation.current()]


@pytest.fixture(scope="module")
def very_many() -> Catalogue:
    everything = range(1, 40_001)
    choices = {"": {"": FrozenBitMap(everything)}}
    for name, number in {"value": 9, "kind": 40, "topic": 90}.items():
        choices[name] = {
            f"{name}-{which}": FrozenBitMap(
                n for n in everything if n * 7919 * (which + number) % (3 * which + 2) == 0
            )
            for which in range(1, number + 1)
        }
    return Catalogue("1-key", DESIGNS, choices, {})


@pytest.mark.parametrize("kinds", [(), (1,), (1, 2), (30, 31, 32)])
@pytest.mark.parametrize("values", [(), (1,), (1, 2), (9,)])
@pytest.mark.parametrize("match", Match.values)
def test_the_topics_found_most_among_very_many_equal_brute_force(very_many, kinds, values, match):
    """Sets are compared in another way where few of very many numbers are found."""
    chosen = {
        name: tuple(f"{name}-{which}" for which in picked)
        for name, picked in (("value", values), ("kind", kinds))
        if picked
    }
    search = Search(SearchState(chosen=chosen, match=match), very_many)

    found = set(search.found)
    right = {
        topic: len(found.intersection(numbers))
        for topic, numbers in very_many.choices["topic"].items()
    }
    topics = next(facet for facet in DESIGNS.facets if facet.has_finder)
    most = search.most_found(topics, 20)
    assert all(right[topic] == count for topic, count in most.items())
    assert list(most.values()) == sorted(filter(None, right.values()), reverse=True)[:20]

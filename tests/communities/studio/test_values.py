import pytest

from communities.models import Value
from communities.services.values import save_values
from tests.html import assert_valid, text_of


@pytest.fixture
def url(made):
    return f"/studio/{made.slug}/values/"


def held(made) -> list[tuple]:
    links = made.community_values.select_related("tag").order_by("rank")
    return [(link.tag.slug, link.rationale, link.evidence) for link in links]


@pytest.fixture
def post(sign_in, cast, url, fill):
    """post(person, **changes) sends the form as drawn: care and mastery, one sentence each."""

    def send(person, *, form=None, **changes):
        client = sign_in(person)
        form = form or fill(url)
        drawn = {
            "held": ["care", "mastery"],
            "rank-care": "1",
            "rank-mastery": "2",
            "why-care": "Care in Bench Swap",
            "saw-care": "Seen: Care",
            "why-mastery": "Mastery in Bench Swap",
            "saw-mastery": "Seen: Mastery",
            "revision": form.revision,
            "seen": form.seen,
        }
        changes = {name.replace("_", "-"): value for name, value in changes.items()}
        return client.post(url, {**drawn, **changes})

    return send


CARE = ("care", "Care in Bench Swap", "Seen: Care")
MASTERY = ("mastery", "Mastery in Bench Swap", "Seen: Mastery")


def test_the_page_shows_each_value_with_its_meaning_within_reach(sign_in, cast, url):
    page = sign_in(cast.author).get(url).content.decode()
    assert_valid(page)
    care = Value.objects.get(slug="care")
    guide = text_of(page, "guidance")[0]
    for words in (care.definition, care.not_confused_with, care.questions.first().text):
        assert " ".join(words.split()) in guide
    assert len(text_of(page, "room")) == 14


def test_reasons_and_what_was_seen_are_saved(post, cast, made):
    answer = post(cast.author, why_care="Because\r\nof chairs ", saw_care="Two chairs")
    assert answer.status_code == 302
    assert held(made) == [("care", "Because\nof chairs ", "Two chairs"), MASTERY]
    made.refresh_from_db()
    assert (made.values_revision, made.updated_by) == (3, cast.author)


@pytest.mark.parametrize(
    "change",
    [{"rank_mastery": "1"}, {"rank_care": "2"}, {"up": "mastery"}, {"down": "care"}],
)
def test_the_order_is_changed_by_number_or_by_button(post, cast, made, change):
    post(cast.author, **change)
    assert held(made) == [MASTERY, CARE]


@pytest.mark.parametrize("change", [{"up": "care"}, {"down": "mastery"}, {"up": "no-such"}])
def test_a_move_beyond_the_ends_changes_nothing(post, cast, made, change):
    assert post(cast.author, **change).status_code == 302
    assert held(made) == [CARE, MASTERY]


def test_buttons_keep_what_was_typed(post, cast, made):
    post(cast.author, up="mastery", why_mastery="Typed before moving")
    assert held(made) == [("mastery", "Typed before moving", "Seen: Mastery"), CARE]


def test_one_more_is_held_last_and_waits_for_its_reason(post, sign_in, cast, made, url):
    post(cast.author, add=["play"])
    assert held(made) == [CARE, MASTERY, ("play", "", "")]
    assert 'name="why-play"' in sign_in(cast.author).get(url).content.decode()


def test_letting_go_takes_only_that_one(post, cast, made):
    post(cast.author, drop_care="on")
    assert held(made) == [MASTERY]


def test_six_are_refused_with_everything_kept(post, cast, made):
    answer = post(
        cast.author, add=["play", "trust", "equity", "courage"], why_care="Long <b>thought</b>"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose at most five. You have chosen 6" in page
    assert "Long &lt;b&gt;thought&lt;/b&gt;</textarea>" in page
    assert page.count(" checked aria-describedby") == 4
    assert_valid(page)
    assert held(made) == [CARE, MASTERY]


def test_one_may_go_for_another_to_come(post, cast, made):
    answer = post(cast.author, add=["play", "trust", "equity", "courage"], drop_care="on")
    assert answer.status_code == 302
    assert [slug for slug, *_ in held(made)] == [
        "mastery",
        "equity",
        "play",
        "trust",
        "courage",
    ]


def test_an_overlong_reason_is_refused_and_kept(post, cast, made):
    answer = post(cast.author, why_care="x" * 5_001)
    assert answer.status_code == 422
    assert "Shorten this to 5,000 characters; it has 5,001 now." in answer.content.decode()
    assert "x" * 5_001 in answer.content.decode()
    assert held(made) == [CARE, MASTERY]


def test_a_double_click_is_one_save(post, cast, made, sign_in, fill, url):
    sign_in(cast.author)
    form = fill(url)
    codes = [post(cast.author, form=form, add=["play"]).status_code for _ in range(2)]
    assert codes == [302, 302]
    made.refresh_from_db()
    assert made.values_revision == 3


def reasons(*triples) -> list[dict]:
    return [
        {"value": Value.objects.get(slug=slug), "rationale": why, "evidence": saw}
        for slug, why, saw in triples
    ]


def test_a_teammate_wrote_the_same_reason_first(post, sign_in, cast, made, fill, url):
    sign_in(cast.author)
    form = fill(url)
    theirs = reasons(("care", "Theirs", "Seen: Care"), MASTERY)
    save_values(made, by=cast.teammate, revision=2, reasons=theirs)
    answer = post(cast.author, form=form, why_care="Mine")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert text_of(page, "clash") == [
        "How care shapes the design Yours, not saved Mine Theirs, saved Theirs"
        " Keep mine: How care shapes the design"
        " Take theirs: How care shapes the design"
        " Put both in the field: How care shapes the design"
    ]
    assert 'name="revision" multiple hidden><option value="3"' in page
    assert "Mine</textarea>" in page
    assert_valid(page)
    assert held(made) == [("care", "Theirs", "Seen: Care"), MASTERY]


def test_a_teammate_added_a_value_meanwhile(post, sign_in, cast, made, fill, url):
    """It joins the form, so that saving again does not let it go."""
    sign_in(cast.author)
    form = fill(url)
    theirs = reasons(("play", "They added it", ""), CARE, MASTERY)
    save_values(made, by=cast.teammate, revision=2, reasons=theirs)
    answer = post(cast.author, form=form, why_mastery="Mine")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You changed different things." in page
    assert page.count('name="held" value="') == 3
    assert page.index('name="held" value="play"') < page.index('name="held" value="care"')
    assert "They added it</textarea>" in page
    assert "Mine</textarea>" in page
    assert_valid(page)


def test_both_changed_the_order(post, sign_in, cast, made, fill, url):
    sign_in(cast.author)
    form = fill(url)
    theirs = reasons(CARE, MASTERY, ("play", "", ""))
    save_values(made, by=cast.teammate, revision=2, reasons=theirs)
    answer = post(cast.author, form=form, up="mastery")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert text_of(page, "clash") == [
        "Which values, in what order Yours, not saved Mastery, Care"
        " Theirs, saved Care, Mastery, Play"
    ]
    assert [part[:9].split('"')[0] for part in page.split('name="held" value="')[1:]] == [
        "mastery",
        "care",
        "play",
    ]


def test_a_teammate_let_go_of_a_value_i_wrote_about(post, sign_in, cast, made, fill, url):
    sign_in(cast.author)
    form = fill(url)
    save_values(made, by=cast.teammate, revision=2, reasons=reasons(MASTERY))
    page = post(cast.author, form=form, why_care="A new thought").content.decode()
    assert "A new thought</textarea>" in page
    assert page.count('name="held" value="') == 2
    assert held(made) == [MASTERY]


@pytest.mark.parametrize("revision", ["", "x", "-1", "0", "1", "9" * 40, "2147483647"])
def test_no_revision_ever_overwrites(post, cast, made, revision):
    answer = post(cast.author, revision=revision, why_care="Forced")
    assert answer.status_code in (409, 422)
    assert held(made) == [CARE, MASTERY]


@pytest.mark.parametrize(
    "change",
    [
        {"held": ["no-such", "care", "care", "\x00"]},
        {"held": ["x"] * 500},
        {"rank-care": "99999999999999999999"},
        {"rank-care": "-1"},
        {"rank-care": "x"},
        {"add": ["no-such"]},
        {"add": ["\x00"]},
        {"add": ["care"]},
        {"why-trust": "Not held"},
    ],
)
def test_odd_forms_are_answered_politely(post, cast, made, change):
    assert post(cast.author, **change).status_code in (302, 422)
    assert {slug for slug, *_ in held(made)} <= {"care", "mastery"}


def test_a_retired_value_stays_with_those_who_hold_it(sign_in, cast, made, url):
    Value.objects.filter(slug__in=["care", "play"]).update(is_retired=True)
    page = sign_in(cast.author).get(url).content.decode()
    assert 'name="why-care"' in page
    assert 'name="add" value="play"' not in page

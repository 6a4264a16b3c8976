"""Ten thousand query strings that nobody meant well: each is answered, and soon."""

import random
import time
from urllib.parse import parse_qsl, quote_from_bytes, urlsplit

import pytest
from django.http import QueryDict

from communities.snapshot import Snapshot
from gallery.forms import SearchForm
from gallery.middleware import MAX_QUERY_FIELDS, MAX_QUERY_LENGTH, readable_part
from gallery.results import DesignsPage
from tests.gallery.shelf import held, shelve, topics

pytestmark = pytest.mark.django_db

CHUNKS, EACH = 20, 500
SECONDS_FOR_ONE = 3
ADDRESSES = ["/designs/", "/insights/", "/designs/suggest", "/insights/suggest"]
# The others are read, searched and corrected; drawing them takes longest and is one template.
DRAWN_EACH = 40
NAMES = """q value kind mode audience duration cohort outcome topic year type basis match sort page
    find colour __class__ value__in value[] pk id csrfmiddlewaretoken next %00 q%00 %ed%a0%80
    q%5B%5D""".split()
NAMES += ["", "a" * 300]
GOOD = """play care equity camp workshop all any newest relevance built-on 2025 in-person tent
    fairness makerspace outdoors Outdoors""".split()
BAD = [
    "%00",
    "%ed%a0%80%ed%bf%bf",
    "%ff%fe%c0%80",
    "%",
    "%%%",
    "%zz",
    "%2525252525252500",
    "%25" * 200 + "00",
    '"',
    '%22%22%22"',
    '"tent',
    'tent" OR "1"="1',
    "' OR 1=1; DROP TABLE gallery_entry; --",
    "1) UNION SELECT password FROM accounts_user --",
    "tent AND (NOT NEAR(a b, 5)) ^ * + {title} : x",
    "title:tent*",
    "tent | !tent & <-> (",
    ":*A",
    "-",
    "--",
    "-%22",
    "- - - -tent",
    "\\",
    "$$%s%(x)s{0}{{7*7}}${7}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%E2%80%AE%F0%9F%99%82",
    "%E6%97%A5%E6%9C%AC%E8%AA%9E",
    "%EF%B7%BA",
    "%CC%81" * 90,
    "İıßﬁK",
    "0",
    "-1",
    "1e9",
    "1000000000",
    "9" * 400,
    "٣",
    "²",
    "NaN",
    "true",
    "a" * 190,
    "a " * 120,
    "a-" * 120,
    "xq " * 60,
    "lantrem mendimg circel kitchne",
]


def query(random: random.Random) -> str:
    kind = random.random()
    if kind < 0.02:
        return _long(random)
    if kind < 0.05:
        return _repeated(random)
    if kind < 0.15:
        return _bytes(random, random.randint(0, 200))
    pairs = (f"{random.choice(NAMES)}{random.choice('====&;')}{_word(random)}" for _ in range(9))
    return "&".join(list(pairs)[: random.randint(1, 9)])


def _word(random) -> str:
    kind = random.random()
    if kind < 0.35:
        return random.choice(GOOD)
    if kind < 0.8:
        return random.choice(BAD)
    if kind < 0.9:
        return "+".join(random.choice(GOOD + BAD) for _ in range(random.randint(2, 6)))
    return _bytes(random, random.randint(0, 60))


def _bytes(random, length: int) -> str:
    """Anything at all; what a server lets through arrives unquoted."""
    raw = bytes(random.randrange(256) for _ in range(length))
    safe = random.choice(["/", '"&=;+%', ""])
    return quote_from_bytes(raw, safe=safe)


def _repeated(random) -> str:
    pair = f"{random.choice(NAMES)}={_word(random)}"
    return "&".join([pair] * random.choice([50, 999, 1000, 1001, 3000]))


def _long(random) -> str:
    size = random.choice([7_990, 8_000, 8_001, 20_000])
    start = f"{random.choice(NAMES)}={_word(random)}&"
    filler = random.choice(["q=" + "a" * 99, "&", "=", "%", "%2", "topic=x&", "value=play&", "%22"])
    return (start + filler * (size // len(filler) + 1))[:size]


@pytest.fixture
def shelf(db):
    shelve(
        Snapshot(title="Lantern Camp", kind="camp", values=held("play"), topics=topics("Outdoors")),
        Snapshot(title="Mending Circle", kind="workshop", values=held("care"), summary="A tent."),
    )


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_any_query_is_answered(client, shelf, chunk):
    dice = random.Random(chunk)
    wrong = []
    for number in range(EACH):
        asked = query(dice)
        began = time.process_time()
        if number % DRAWN_EACH == 0:
            address = ADDRESSES[number // DRAWN_EACH % len(ADDRESSES)]
            answer = _drawn(client, address, asked)
        else:
            answer = _understood(asked)
        if answer != "well" or time.process_time() - began > SECONDS_FOR_ONE:
            wrong.append((answer, asked[:400]))
    assert wrong == []


def _understood(asked: str) -> str:
    """Everything that the page asks of its search; only the drawing is left out."""
    page = DesignsPage.of(QueryDict(readable_part(asked)))
    drawn = (page.cards, page.filters, page.sentence, page.pages, page.sorts)
    assert len(drawn[0]) <= page.size
    ways = page.ways_out if not page.total else None
    assert not ways or all(way.total for way in (*ways.broader, *ways.broadest))
    assert not ways or not ways.did_you_mean or ways.did_you_mean.total
    again = SearchForm(QueryDict(page.state.query), catalogue=page.catalogue).state
    is_canonical = (again.query, again.sorted_by) == (page.state.query, page.state.sorted_by)
    return "well" if is_canonical else page.state.query


def _drawn(client, path: str, asked: str) -> str:
    """An answer, or the way to the canonical form, which is answered itself."""
    # Servers hand on the bytes as they came.
    response = client.get(path, QUERY_STRING=asked.encode().decode("latin-1"))
    if response.status_code == 302:
        target = urlsplit(response["Location"])
        is_canonical = target.path == path and len(target.query) <= MAX_QUERY_LENGTH
        response = client.get(target.path, QUERY_STRING=target.query)
        return "well" if (response.status_code, is_canonical) == (200, True) else target.query
    return "well" if response.status_code == 200 else str(response.status_code)


LONG = [
    ("q=tent&" + "x=1&" * 5000, "q=tent"),
    ("value=play&" + "q=" + "a" * 20_000, "q=" + "a" * 200 + "&value=play"),
    ("kind=camp&" * 3000 + "value=play", "kind=camp"),
    ("&" * 20_000 + "q=tent", ""),
    ("q=" + "%E2" * 5000, "q=" + "%EF%BF%BD" * 200),
    ("a" * 7_999 + "%41", ""),
    ("&".join(["topic=outdoors"] * (MAX_QUERY_FIELDS + 1)), "topic=outdoors"),
]


@pytest.mark.parametrize(("given", "canonical"), LONG, ids=range(len(LONG)))
def test_what_is_too_long_leads_to_what_could_be_read_of_it(client, shelf, given, canonical):
    response = client.get("/designs/", QUERY_STRING=given)
    assert response.status_code == 302
    assert response["Location"] == "/designs/" + (f"?{canonical}" if canonical else "")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("path", ["/insights/", "/designs/suggest"])
def test_so_do_lessons_and_suggestions(client, shelf, path):
    response = client.get(path, QUERY_STRING="q=tent&value=play&" + "x=1&" * 5000)
    assert response.status_code == 302
    place = urlsplit(response["Location"])
    assert (place.path, parse_qsl(place.query)) == (path, [("q", "tent"), ("value", "play")])

"""Whole pages through the WSGI application in this process, against an empty view."""

import random
import statistics
from io import BytesIO
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from benchmarks.worker import timed
from benchmarks.workload import Query
from gallery.search import SearchState

EMPTY = "/healthz"
PAGES = (
    "/",
    "/designs/",
    "/designs/?value=belonging&value=play",
    "/designs/?value=belonging&value=play&match=all",
    "/designs/?q=table",
    "/designs/?q=table&value=care",
    "/designs/synthetic-3/",
    "/designs/synthetic-3/export.json",
    "/values/",
    "/values/belonging/",
    "/insights/",
    "/insights/?value=trust",
)
application = get_wsgi_application()


def request(address: str, **headers) -> tuple[int, dict[str, str], bytes]:
    """As an anonymous visitor; the body is read to its end."""
    parts, answer = urlsplit(address), {}
    environ = {"PATH_INFO": parts.path, "QUERY_STRING": parts.query, "REQUEST_METHOD": "GET"}
    environ |= {"HTTP_HOST": "localhost", "wsgi.input": BytesIO(), **headers}
    setup_testing_defaults(environ)

    def start(status, pairs, error=None):
        answer.update(status=int(status[:3]), headers=dict(pairs))

    response = application(environ, start)
    body = b"".join(response)
    response.close()
    return answer["status"], answer["headers"], body


def measured(asked: list[Query], *, rounds: int, count: int) -> dict:
    """Milliseconds of processor time a request: the empty view, whole pages, kept ones, 304s."""
    rng = random.Random(5)
    addresses = [SearchState(**_state(query)).url for query in rng.sample(asked, k=count)]
    spent = {"empty": [], "whole": [], "kept": [], "not modified": []}
    for round_ in range(rounds + 1):
        for place, address in enumerate(rng.sample(addresses, k=len(addresses))):
            # A page that is kept is kept for its host, so that another one never had it.
            host = f"localhost:{1024 + round_ * len(addresses) + place}"
            took = _one(address, host)
            # The first round warms up what a worker has at hand after its first minute.
            if round_:
                for name, ms in took.items():
                    spent[name].append(ms)
    return {name: statistics.fmean(ms) for name, ms in spent.items() if ms}


def _one(address: str, host: str) -> dict[str, float]:
    took = {"empty": _ms(EMPTY, HTTP_HOST=host), "whole": _ms(address, HTTP_HOST=host)}
    took["kept"] = _ms(address, HTTP_HOST=host)
    status, headers, _ = request(address, HTTP_HOST=host)
    assert status == 200, (address, status)
    if tag := headers.get("ETag"):
        asked = {"HTTP_HOST": host, "HTTP_IF_NONE_MATCH": tag}
        if request(address, **asked)[0] == 304:
            took["not modified"] = _ms(address, **asked)
    return took


def site_pages(rounds: int) -> list[dict]:
    """What each page costs as it comes, as a multiple of the empty one, and its queries."""
    found = {}
    for page in (EMPTY, *PAGES):
        assert request(page)[0] == 200, page
        with CaptureQueriesContext(connection) as queries:
            request(page)
        found[page] = (len(queries), [])
    for _ in range(rounds):
        for page, (_, spent) in found.items():
            spent.append(_ms(page))
    empty = min(found[EMPTY][1])
    return [
        {"page": page, "ms": min(ms), "times_empty": min(ms) / empty, "queries": queries}
        for page, (queries, ms) in found.items()
    ]


def _state(query: Query) -> dict:
    chosen = {facet: tuple(choices) for facet, choices in query.chosen.items()}
    return {"q": query.q, "chosen": chosen, "match": query.match, "page": query.page}


def _ms(address: str, **headers) -> float:
    reset_queries()
    return timed(request, address, **headers)[1]["cpu"]

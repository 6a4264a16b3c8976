"""A real Chromium against the real site, with the static files as production serves them.

Uses the system's Chromium (CHROMIUM names another). Without one the journeys are skipped on a
person's machine and fail in CI.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread

from gallery.settings import STORAGES
from tests import factories

from .checks import is_noise_of_axe
from .in_flight import InFlight

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}

# Playwright's own event loop runs in this thread; Django's queries here are ours, not async ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _needs_chromium():
    if chromium() is None:
        message = "No Chromium: install one or name it in CHROMIUM."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def static_files(tmp_path_factory):
    """Settings under which our static files are served joined, hashed and compressed."""
    served = {
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": STORAGES,
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_USE_FINDERS": False,
    }
    with override_settings(**served):
        call_command("collectstatic", interactive=False, verbosity=0)
    return served


@pytest.fixture(scope="package")
def in_flight():
    """What the running site is asked; to be waited for."""
    return []


@pytest.fixture(scope="package")
def server(static_files, django_db_setup, in_flight):
    """The address of the running site, by name: passkeys take no number."""
    # The server of Django's tests would answer for pictures without asking us.
    with override_settings(**static_files, MEDIA_URL="/never-served/"):

        def watched(application):
            in_flight.append(InFlight(application))
            return in_flight[-1]

        thread = LiveServerThread("localhost", watched)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://localhost:{thread.port}"
        thread.terminate()


@pytest.fixture
def site(server, in_flight, transactional_db):
    """The same for one test, with the vocabulary that every site begins with."""
    yield server
    for application in in_flight:
        application.wait()


@pytest.fixture
def open_page(browser, site):
    """open_page(js=True, size=WIDE, dark=False, touch=False) gives a fresh visitor's page.

    A script error, a refused request or anything from another host fails the test at its end.
    """
    contexts, complaints = [], []

    def fresh(*, js=True, size=WIDE, dark=False, touch=False):
        context = browser.new_context(
            base_url=site,
            viewport=size,
            java_script_enabled=js,
            has_touch=touch,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
        context.on("console", lambda said: _note_console(said, complaints))
        context.on("request", lambda request: _note_foreign(request, site, complaints))
        return context.new_page()

    yield fresh
    for context in contexts:
        context.close()
    assert complaints == []


# Answers such as 422 and 503, and connections that are cut.
NOISE_OF_JOURNEYS = (
    "status of 4",
    "status of 5",
    "ERR_CONNECTION_RESET",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_FAILED",
)


def _note_console(said, complaints):
    is_wanted = any(part in said.text for part in NOISE_OF_JOURNEYS)
    if said.type == "error" and not is_wanted and not is_noise_of_axe(said):
        complaints.append(f"console: {said.text}")


def _note_foreign(request, site, complaints):
    if not request.url.startswith((f"{site}/", "data:", "blob:")):
        complaints.append(f"foreign request: {request.url}")


@pytest.fixture
def signed_in(open_page, site):
    """signed_in(person, **options) gives a page of somebody who has signed in.

    With `client` it goes on where that test client stands.
    """

    def opened(person, *, page=None, client=None, **options):
        page = page or open_page(**options)
        if client is None:
            client = Client()
            client.force_login(person)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        return page

    return opened


@pytest.fixture(
    params=[{"js": True, "size": WIDE}, {"js": False, "size": NARROW}], ids=["script", "plain"]
)
def way(request):
    """The two ways every journey is walked: wide with JavaScript, narrow without."""
    return request.param


@pytest.fixture
def cast(site, cast):
    """The cast, once the site stands: rows made before would go without their vocabulary."""
    return cast


@pytest.fixture
def author(site):
    return factories.person("Amara", is_active=True)


@pytest.fixture
def made(author):
    return factories.community(author, "Bench Swap")

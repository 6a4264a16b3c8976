"""Looking at one page after the other, in every state in which people see it."""

from html5lib.html5parser import ParseError

from tests.html import assert_valid

from .checks import axe_violations, focused, settle, sticking_out
from .conftest import NARROW, WIDE

SMALLEST = {"width": 320, "height": 640}
STATES = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "dark"), (NARROW, "light")]


class Walk:
    """Visits pages with one visitor's `page`; `faults` says what is wrong, and where."""

    def __init__(self, page, faults=()):
        self.page = page
        self.faults = list(faults)

    def to(self, *paths: str, status=200) -> None:
        for path in paths:
            self.look(self.page.goto(path), status=status)

    def sends(self, button: str, *, status=422) -> None:
        """Press a button of the page, whatever the browser thinks of the fields."""
        self.page.evaluate("document.querySelectorAll('form').forEach(f => f.noValidate = true)")
        with self.page.expect_navigation() as answer:
            self.page.get_by_role("button", name=button, exact=True).first.click()
        self.look(answer.value, status=status)

    def look(self, response, *, status=200) -> None:
        where = self.page.url.split("/", 3)[3]
        found = [] if response.status == status else [f"answered {response.status}"]
        found += _faults_of_markup(response.text())
        found += self._faults_of_keyboard()
        for size, scheme in STATES:
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=scheme)
            settle(self.page)
            # The document is the same in the dark; only its colours are others.
            wrong = axe_violations(self.page, only_colours=scheme == "dark")
            wrong += [f"sticks out: {place}" for place in sticking_out(self.page)]
            found += [f"{size['width']} {scheme}: {fault}" for fault in wrong]
        self.page.set_viewport_size(SMALLEST)
        found += [f"320: sticks out: {place}" for place in sticking_out(self.page)]
        self.page.set_viewport_size(WIDE)
        self.faults += [f"/{where}: {fault}" for fault in found]

    def _faults_of_keyboard(self) -> list[str]:
        """The way past the menu comes first, but for a reader who was taken to an error."""
        if focused(self.page):
            return []
        self.page.keyboard.press("Tab")
        settle(self.page)
        first = focused(self.page)
        # Shown while it has the focus, it would cover what is below it for the checks to come.
        self.page.evaluate("document.activeElement.blur()")
        has_menu = self.page.locator(".site-header").count()
        is_skip = first and first["name"] == "Skip to content"
        is_right = first and first["isSeen"] and (is_skip or not has_menu)
        return [] if is_right else [f"Tab begins at {first}"]


def _faults_of_markup(html: str) -> list[str]:
    try:
        assert_valid(html)
    except (AssertionError, ParseError) as fault:
        return [f"markup: {fault}"]
    return []

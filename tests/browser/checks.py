"""What is asked of every page in the browser."""

from pathlib import Path
from weakref import WeakSet

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
# Everything up to WCAG 2.2 AA, and axe's best practices.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
AXE_RUN = """async chosen => {
  const { violations } = await axe.run(document, { runOnly: chosen, resultTypes: ['violations'] });
  return violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | '));
}"""
# When the page can be moved sideways: what sticks out on the right of it, the innermost only.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const isHeld = e => e && (getComputedStyle(e).overflowX !== 'visible' || isHeld(e.parentElement));
  const all = [...document.body.querySelectorAll('*')];
  const beyond = all.filter(e => e.getBoundingClientRect().right > width + 1);
  const out = beyond.filter(e => !isHeld(e.parentElement));
  const inner = out.filter(e => !out.some(other => other !== e && e.contains(other)));
  return inner.slice(0, 5).map(e => `${e.tagName.toLowerCase()} “${e.innerText?.slice(0, 30)}”`);
}"""
# Some fields are covered by what a person sees of them, which shows the focus instead.
FOCUSED = """() => {
  const field = document.activeElement;
  if (!field || field === document.body) return null;
  const covers = '.design-card, .dropzone, .room, .sheet, .segments label';
  const shown = field.closest(covers) ?? field;
  const isMarked = element => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  };
  const box = shown.getBoundingClientRect();
  const isOnScreen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
  const name = field.getAttribute('aria-label') || field.labels?.[0]?.innerText || field.innerText;
  return {
    name: (name || field.name || field.tagName).trim().split('\\n')[0],
    isSeen: isOnScreen && (isMarked(field) || isMarked(shown)),
  };
}"""
# Two frames: the first takes in the new styles, the second shows them.
SETTLED = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(done));
  await frame();
  await frame();
}"""

_seen_by_axe = WeakSet()


def axe_violations(page, *, only_colours=False) -> list[str]:
    """What axe finds on the page as it stands, each with the places; [] when it is clean."""
    _seen_by_axe.add(page)
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    by_rule, by_tag = {"type": "rule", "values": COLOURS}, {"type": "tag", "values": TAGS}
    return page.evaluate(AXE_RUN, by_rule if only_colours else by_tag)


def is_noise_of_axe(said) -> bool:
    """axe tries styles on a page, which our policy forbids, and the browser says so later."""
    return said.page in _seen_by_axe and "inline style" in said.text


def settle(page) -> None:
    """Wait until the page looks as its styles say."""
    page.evaluate(SETTLED)


def sticking_out(page) -> list[str]:
    return page.evaluate(STICKING_OUT)


def focused(page) -> dict | None:
    """The name of what has the focus, and whether the focus can be seen on it."""
    return page.evaluate(FOCUSED)


def tab_stops(page, most=150) -> list[dict]:
    """Everything that Tab reaches from where the focus is, until it leaves the page."""
    stops = []
    while len(stops) < most:
        page.keyboard.press("Tab")
        stop = focused(page)
        if stop is None:
            break
        if not stop["isSeen"]:
            settle(page)
            stop = focused(page)
        stops.append(stop)
    return stops


def pictures_that_failed(page) -> list[str]:
    """The sources of pictures that should stand on the page and do not."""
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    return page.evaluate(
        "[...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.src)"
    )


def said(places) -> list[str]:
    """The words of each place, with single spaces."""
    return [" ".join(text.split()) for text in places.all_inner_texts()]

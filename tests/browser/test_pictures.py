"""Pictures as students send them and visitors meet them, in a real browser."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from benchmarks.photographs import as_jpeg, photograph
from communities.services.photos import add_photo
from tests import factories
from tests.communities.media import corpus

from .conftest import NARROW, WIDE
from .deeds import master, press

DEMO = Path(__file__).parents[2] / "communities/demo/pictures"
SHOWN = ["mending", "m-darn", "m-kettle", "m-plan", "m-story", "m-tools"]
NINE = 9
# At most so many bytes of pictures on one page, by the width of the window.
BYTES = {1280: 350_000, 390: 150_000}
WEIGHED = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(done));
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await frame();
  }
  await Promise.all([...document.images].map(i => i.decode().catch(() => {})));
  const shifts = await new Promise(done => {
    const seen = [];
    const watch = new PerformanceObserver(list => seen.push(...list.getEntries()));
    watch.observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(seen), 300);
  });
  const all = performance.getEntriesByType('resource');
  const images = all.filter(r => r.name.includes('/pictures/'));
  return {
    count: images.length,
    bytes: images.reduce((sum, r) => sum + r.encodedBodySize, 0),
    shift: shifts.filter(s => !s.hadRecentInput).reduce((sum, s) => sum + s.value, 0),
  };
}"""


@pytest.fixture
def staff(site):
    return factories.person("Robin", is_active=True, is_staff=True)


@pytest.fixture
def made(author):
    return factories.community(author, "Bench Swap")


def sent(name: str, content: bytes, kind="image/jpeg") -> dict:
    return {"name": name, "mimeType": kind, "buffer": content}


def test_eight_at_once_and_all_good_ones_end_up_right(signed_in, made, author):
    page = signed_in(author)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/studio/{made.slug}/photos/")
    plain = [sent(f"plain-{n}.jpg", corpus.jpeg()) for n in range(5)]
    odd = [
        sent("broken.jpg", corpus.jpeg()[:300]),
        sent("sideways.jpg", corpus.jpeg(exif=corpus.telltale_exif(orientation=6))),
        sent("phone.heic", corpus.HEIC, "image/heic"),
    ]
    # The connection is gone once two have arrived and others are on their way.
    on_their_way = []

    def answer(route):
        is_held = route.request.post_data_buffer.count(b"plain-") == 0
        on_their_way.append(route) if is_held else route.continue_()

    page.route("**/photos/add/", answer)
    page.set_input_files("#files", plain[:2] + odd + plain[2:])
    rows = page.locator("#uploads li")
    rows.get_by_text("Arrived").nth(1).wait_for()
    while len(on_their_way) < 2:
        page.wait_for_timeout(20)
    page.context.set_offline(True)
    # Lets go of those that it holds.
    page.unroute("**/photos/add/")
    # Nothing of what follows finds its way either.
    rows.get_by_text("The connection was lost.").nth(5).wait_for()
    assert made.photos.count() == 2
    page.context.set_offline(False)
    rows.get_by_text("Arrived").nth(6).wait_for()
    refused = rows.filter(has_text="broken.jpg")
    refused.get_by_text("damaged or incomplete", exact=False).wait_for()
    assert rows.get_by_text("The connection was lost.").count() == 0
    found = {photo.original_name: photo for photo in made.photos.all()}
    assert found.keys() == {f["name"] for f in plain + odd[1:]}
    sideways = found["sideways.jpg"]
    assert (sideways.width, sideways.height) == corpus.SIZE[::-1]
    for photo in found.values():
        for file in photo.files:
            with default_storage.open(file["name"]) as stored:
                data = stored.read()
            assert corpus.MARKER.encode() not in data
            assert b"Exif" not in data


def test_what_finds_no_place_is_sent_again_by_itself(signed_in, made, author):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/photos/")
    assert page.locator("form[data-add]").get_attribute("data-patience") == "8000"
    page.evaluate("document.querySelector('form[data-add]').dataset.patience = 300")
    full = {"status": 503, "content_type": "text/plain", "body": "Many pictures are arriving."}
    page.route("**/photos/add/", lambda route: route.fulfill(**full), times=2)
    page.set_input_files("#files", [sent("plain.jpg", corpus.jpeg())])
    rows = page.locator("#uploads li")
    rows.get_by_text("Many pictures are arriving right now. Trying again soon.").wait_for()
    rows.get_by_text("Arrived").wait_for()
    assert made.photos.get().original_name == "plain.jpg"


def test_a_pasted_picture_arrives(signed_in, made, author):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/photos/")
    page.evaluate("""async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
      canvas.getContext('2d').fillRect(0, 0, 40, 30);
      const blob = await new Promise(done => canvas.toBlob(done));
      const data = new DataTransfer();
      data.items.add(new File([blob], 'pasted.png', { type: 'image/png' }));
      dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
    }""")
    page.locator("#uploads li").get_by_text("Arrived").wait_for()
    assert made.photos.get().original_name == "pasted.png"


@pytest.mark.parametrize("js", [True, False], ids=["script", "plain"])
def test_a_phone_offers_its_camera_and_what_it_takes_arrives(signed_in, made, author, js):
    page = signed_in(author, js=js, size=NARROW, touch=True)
    page.goto(f"/studio/{made.slug}/photos/")
    camera = page.get_by_label("Take a photo")
    assert (camera.get_attribute("capture"), camera.get_attribute("accept")) == (
        "environment",
        "image/*",
    )
    page.locator(".camera").get_by_text("Take a photo").wait_for()
    camera.set_input_files(sent("taken.jpg", corpus.jpeg()))
    if js:
        page.locator("#uploads li").get_by_text("Arrived").wait_for()
    else:
        # Beside one that was chosen from the phone's memory.
        page.set_input_files("#files", [sent("chosen.jpg", corpus.jpeg(corpus.four_corners()))])
        press(page, "Add the chosen pictures")
        page.get_by_text("2 pictures have arrived.").wait_for()
    names = set(made.photos.values_list("original_name", flat=True))
    assert names == ({"taken.jpg"} if js else {"taken.jpg", "chosen.jpg"})


def test_a_very_large_photo_is_drawn_smaller_and_stays_upright(signed_in, made, author):
    page = signed_in(author)
    page.goto(f"/studio/{made.slug}/photos/")
    page.evaluate("document.querySelector('form[data-add]').dataset.shrink = 20000")
    noise = Image.effect_noise((600, 400), 90).convert("RGB")
    noise.paste(corpus.RED, (0, 0, 100, 400))
    large = corpus.jpeg(noise, exif=corpus.telltale_exif(orientation=6))
    sizes = []
    page.on("request", lambda r: sizes.append(len(r.post_data_buffer or b"")))
    page.set_input_files("#files", [sent("large.jpg", large)])
    page.locator("#uploads li").get_by_text("Arrived").wait_for()
    photo = made.photos.get()
    assert (photo.width, photo.height) == (400, 600)
    # What was on the left is on top now.
    red, green, blue = master(photo).getpixel((200, 40))
    assert red > 150 > max(green, blue) + 50
    assert max(sizes) < len(large)


def test_pictures_change_places_by_dragging(signed_in, made, author):
    for name in ("one", "two", "three"):
        factories.photo(made, by=author, caption=name)
    page = signed_in(author, size={"width": 1280, "height": 3200})
    page.goto(f"/studio/{made.slug}/photos/")
    page.get_by_label("Caption").nth(1).fill("two, typed meanwhile")
    pictures = page.locator("[data-picture]")
    with page.expect_navigation():
        pictures.nth(2).locator(".preview img").hover()
        page.mouse.down()
        for _ in range(2):
            pictures.nth(0).locator(".preview img").hover(force=True)
        page.mouse.up()
    captions = list(made.photos.order_by("position").values_list("caption", flat=True))
    assert captions == ["three", "one", "two, typed meanwhile"]


@pytest.fixture
def published(made, author, staff):
    for name in SHOWN:
        upload = SimpleUploadedFile(f"{name}.webp", (DEMO / f"{name}.webp").read_bytes())
        add_photo(made, by=author, upload=upload, alt=name, caption=name, consent="no-people")
    return factories.publish(made, by=author, staff=staff)


def test_a_picture_fills_the_screen_by_keyboard_and_without_script(open_page, published):
    address = f"/designs/{published.slug}/"
    page = open_page()
    page.goto(address)
    page.locator(".photos a[data-view]").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("2 of 6", exact=True).wait_for()
    page.keyboard.press("ArrowRight")
    dialog.get_by_text("3 of 6", exact=True).wait_for()
    page.keyboard.press("ArrowLeft")
    dialog.get_by_text("2 of 6", exact=True).wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert page.url.endswith(address)
    assert page.evaluate("document.activeElement.matches('.photos a[data-view]')")
    plain = open_page(js=False, size=NARROW)
    plain.goto(address)
    plain.locator(".photos a[data-view]").first.click()
    plain.get_by_text("2 of 6", exact=True).wait_for()
    plain.get_by_role("link", name="Next").click()
    plain.get_by_text("3 of 6", exact=True).wait_for()
    plain.get_by_role("link", name="Ask for it to be taken down").click()
    plain.get_by_label("A child is in it who must not be shown").wait_for()


@pytest.fixture(scope="module")
def photographs():
    """With edges, soft light and the grain of a sensor, which is what costs."""
    return [as_jpeg(photograph(seed, (2560, 1920))) for seed in range(3)]


@pytest.fixture(params=[True, False], ids=["with AVIF", "before AVIF"])
def galleries(request, author, staff, photographs):
    """Addresses of the search with nine cards, and of a design with nine pictures."""

    def hang(made, number):
        data = photographs[number % len(photographs)]
        upload = SimpleUploadedFile(f"{number}.jpg", data)
        words = {"alt": f"Picture {number}", "caption": f"{number}", "consent": "no-people"}
        add_photo(made, by=author, upload=upload, is_completed=request.param, **words)

    designs = [factories.community(author, f"Design {number}") for number in range(NINE)]
    for number, made in enumerate(designs):
        hang(made, number)
    for number in range(1, NINE):
        hang(designs[0], number)
    for made in designs:
        factories.publish(made, by=author, staff=staff)
    return ["/designs/", f"/designs/{designs[0].slug}/"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_pages_of_nine_photographs_are_light_and_nothing_jumps(open_page, galleries, size):
    for address in galleries:
        page = open_page(size=size)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        weighed = page.evaluate(WEIGHED)
        assert weighed["count"] == NINE, address
        assert weighed["bytes"] <= BYTES[size["width"]], address
        assert weighed["shift"] < 0.02, address

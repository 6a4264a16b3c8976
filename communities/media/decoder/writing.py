"""From a clean master to files: the master itself and what is made of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable

from PIL import Image, ImageFilter

SAVED_AS = {
    "webp": {"quality": 82, "method": 4},
    "jpg": {"quality": 80, "optimize": True, "progressive": True},
    "avif": {"quality": 50, "speed": 9, "max_threads": 2},
}
# The widest of all would take as long as the rest together and is loaded by few: of libwebp's
# methods a quicker one, and so much more quality that it comes as close to the original. With a
# smaller one than this it falls behind, though the difference is hard to see; the price is bytes.
WIDE_WEBP = {"quality": 88, "method": 2}
WIDE = 1280
FORMATS = {"webp": "WEBP", "jpg": "JPEG", "avif": "AVIF"}
# So few squares are left along the longer side of a blurred rectangle.
BLUR_CELLS = 6


def blurred(master: Image.Image, rectangles: list) -> Image.Image:
    """The master with every (x, y, width, height) beyond recognition; what lies outside is cut.

    Averaged into a few squares first, which nothing can undo; smoothed only to look calm.
    """
    for left, top, width, height in rectangles:
        box = (
            max(0, left),
            max(0, top),
            min(master.width, left + width),
            min(master.height, top + height),
        )
        size = box[2] - box[0], box[3] - box[1]
        if min(size) < 1:
            continue
        cell = max(1, -(-max(size) // BLUR_CELLS))
        few = tuple(max(1, round(side / cell)) for side in size)
        squares = master.crop(box).resize(few, Image.Resampling.BOX)
        calm = squares.resize(size, Image.Resampling.NEAREST)
        calm = calm.filter(ImageFilter.BoxBlur(cell / 3))
        master.paste(calm, box)
    return master


def write_files(master: Image.Image, folder: str, widths: dict) -> tuple[list, Image.Image]:
    """Master, WebP and JPEG renditions as [file name, width, height]; and the smallest picture."""
    work = Writing(folder)
    smaller = master
    jpegs = {min(width, master.width) for width in widths["jpg"]}
    webps = [master.width, *(width for width in widths["webp"] if width < master.width)]
    for width in webps:
        smaller = scaled(smaller, width, master)
        thread = work.start(smaller, *(["webp", "jpg"] if width in jpegs else ["webp"]))
        if smaller is master:
            thread.join()  # by itself it needs as much memory as the reading did, and no more
    return work.finish(), smaller


def write_only(master: Image.Image, folder: str, wanted: Iterable) -> list:
    """The wanted [ending, width] as [file name, width, height], the widest first."""
    work = Writing(folder)
    smaller = master
    for ending, width in sorted(wanted, key=lambda pair: -pair[1]):
        smaller = scaled(smaller, width, master)
        # One after the other: this is done when nobody waits for it.
        work.start(smaller, ending).join()
    return work.finish()


def scaled(picture: Image.Image, width: int, master: Image.Image) -> Image.Image:
    """From the next larger size, which costs less and looks the same."""
    if width >= picture.width:
        return picture
    size = width, max(1, round(master.height * width / master.width))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


class Writing:
    """Files being written. Encoding releases the interpreter, so that sizes go side by side.

    The files of one size go one after the other: Pillow keeps the options of a saving on the
    picture, and two at once would take each other's.
    """

    def __init__(self, folder: str):
        self.folder = folder
        self.failures: list[OSError] = []
        self.threads: list[threading.Thread] = []
        self.files: list = []

    def start(self, picture: Image.Image, *endings: str) -> threading.Thread:
        names = [f"{picture.width}.{ending}" for ending in endings]
        self.files += [[name, picture.width, picture.height] for name in names]
        thread = threading.Thread(target=self._write, args=(picture, names))
        self.threads.append(thread)
        thread.start()
        return thread

    def _write(self, picture: Image.Image, names: list[str]) -> None:
        try:
            for name in names:
                ending = name.rpartition(".")[2]
                shown = on_white(picture) if ending == "jpg" else picture
                path = os.path.join(self.folder, name)
                shown.save(path, FORMATS[ending], **options(ending, picture.width))
        except Exception as error:
            self.failures.append(error if isinstance(error, OSError) else OSError(0, repr(error)))

    def finish(self) -> list:
        """The files by ending in the order of their start, once all are written; or OSError."""
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]
        endings = list(FORMATS)
        return sorted(self.files, key=lambda file: endings.index(file[0].rpartition(".")[2]))


def options(ending: str, width: int) -> dict:
    return WIDE_WEBP if ending == "webp" and width > WIDE else SAVED_AS[ending]


def on_white(picture: Image.Image) -> Image.Image:
    """What is see-through becomes paper: JPEG has no transparency."""
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture).convert("RGB")


def dominant_color(picture: Image.Image) -> str:
    """As `#rrggbb`; empty if something is see-through, where no one colour stands behind it."""
    if picture.mode == "RGBA":
        return ""
    sample = picture.resize((48, 48), Image.Resampling.BOX)
    buckets = sample.quantize(8, method=Image.Quantize.MEDIANCUT)
    most_used = max(buckets.getcolors())[1]
    red, green, blue = buckets.getpalette()[most_used * 3 : most_used * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"

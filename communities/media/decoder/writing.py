"""From a clean master to files: the master itself and what is made of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable

from PIL import Image, ImageFilter

SAVED_AS = {
    # Of libwebp's 0 to 6: against 4, a third less time for files 5 percent larger.
    "webp": {"quality": 82, "method": 2},
    "jpg": {"quality": 80, "optimize": True, "progressive": True},
    "avif": {"quality": 55, "speed": 9, "max_threads": 2},
}
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
    work.start(master, "webp")
    smaller = master
    jpegs = {min(width, master.width) for width in widths["jpg"]}
    if master.width in jpegs:
        work.start(master, "jpg")
    for width in (width for width in widths["webp"] if width < master.width):
        smaller = scaled(smaller, width, master)
        work.start(smaller, "webp")
        if width in jpegs:
            work.start(smaller, "jpg")
    return work.finish(), smaller


def write_only(master: Image.Image, folder: str, wanted: Iterable) -> list:
    """The wanted [ending, width] as [file name, width, height], the widest first."""
    work = Writing(folder)
    smaller = master
    for ending, width in sorted(wanted, key=lambda pair: -pair[1]):
        if width < smaller.width:
            smaller = scaled(smaller, width, master)
        # One after the other: this is done when nobody waits for it.
        work.start(smaller, ending).join()
    return work.finish()


def scaled(picture: Image.Image, width: int, master: Image.Image) -> Image.Image:
    """From the next larger size, which costs less and looks the same."""
    size = width, max(1, round(master.height * width / master.width))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


class Writing:
    """Files being written. Encoding releases the interpreter, so that sizes go side by side."""

    def __init__(self, folder: str):
        self.folder = folder
        self.failures: list[OSError] = []
        self.threads: list[threading.Thread] = []
        self.files: list = []

    def start(self, picture: Image.Image, ending: str) -> threading.Thread:
        name = f"{picture.width}.{ending}"
        self.files.append([name, picture.width, picture.height])
        thread = threading.Thread(target=self._write, args=(picture, ending, name))
        self.threads.append(thread)
        thread.start()
        return thread

    def _write(self, picture: Image.Image, ending: str, name: str) -> None:
        try:
            picture = on_white(picture) if ending == "jpg" else picture
            path = os.path.join(self.folder, name)
            picture.save(path, FORMATS[ending], **SAVED_AS[ending])
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

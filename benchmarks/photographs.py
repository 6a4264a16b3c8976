"""Photographs made by code, how alike two pictures are, and what making renditions costs."""

import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageMath

from communities.media import Limits
from communities.media.picture import WIDTHS
from communities.media.sandbox import DECODER, _bare_environment

TWELVE = (4000, 3000)
# Seed and grain: a calm one by daylight, an ordinary one, one taken in the dark.
PHOTOGRAPHS = ((1, 0.02), (2, 0.06), (3, 0.12))
# What is compared with plain Pillow; all that an upload makes are some more.
FOUR = (1920, 1280, 640, 320)
# What anybody would write who has not read the handbook of Pillow.
PLAIN = """
import sys
from PIL import Image, ImageOps
picture = ImageOps.exif_transpose(Image.open(sys.argv[1]))
for width in map(int, sys.argv[3:]):
    height = round(picture.height * width / picture.width)
    small = picture.resize((width, height), Image.Resampling.LANCZOS).convert("RGB")
    small.save(f"{sys.argv[2]}/{width}.webp", quality=82)
"""
# The most memory of a process, as its parent cannot learn it: what it forked from counts there.
MEASURED = """
import runpy, sys
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
status = open("/proc/self/status").read()
print(status[status.index("VmHWM:"):].split()[1])
"""


def photograph(seed: int, size=TWELVE, *, grain: float = 0.06) -> Image.Image:
    """Soft light, edges of things in focus and not, and the grain of a sensor."""
    chance = random.Random(seed)
    picture = Image.new("RGB", size, "#778")
    for cells in (3, 8, 24, 96, 384):
        small = Image.new("RGB", (cells, cells * size[1] // size[0] or 1))
        small.putdata(
            [tuple(chance.choices(range(256), k=3)) for _ in range(small.width * small.height)]
        )
        picture = Image.blend(picture, small.resize(size, Image.Resampling.BICUBIC), 0.28)
    pen = ImageDraw.Draw(picture)
    for number in range(160):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        reach = int(size[0] * chance.choice((0.005, 0.02, 0.06)))
        color = tuple(chance.choices(range(256), k=3))
        shape = pen.ellipse if number % 2 else pen.rectangle
        shape((x, y, x + reach, y + reach // chance.choice((1, 2, 3))), fill=color)
        if number == 80:
            picture = picture.filter(ImageFilter.GaussianBlur(size[0] / 500))
            pen = ImageDraw.Draw(picture)
    picture = picture.filter(ImageFilter.GaussianBlur(size[0] / 4000))
    return Image.blend(picture, Image.effect_noise(size, 40).convert("RGB"), grain)


def as_jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def likeness(one: Image.Image, other: Image.Image) -> float:
    """SSIM of the luminance, in windows of 8 by 8 pixels, half of each shared with the next."""
    maps = []
    for left, top in ((0, 0), (4, 0), (0, 4), (4, 4)):
        x, y = (p.convert("L").crop((left, top, *p.size)).convert("F") for p in (one, other))
        mean = {"x": _mean(x), "y": _mean(y)}
        mean |= {
            a + b: _mean(_times(p, q))
            for a, b, p, q in (("x", "x", x, x), ("y", "y", y, y), ("x", "y", x, y))
        }
        maps.append(ImageMath.lambda_eval(_ssim, **mean).resize((1, 1), Image.Resampling.BOX))
    return statistics.mean(found.getpixel((0, 0)) for found in maps)


def _mean(picture: Image.Image) -> Image.Image:
    whole = picture.crop((0, 0, picture.width // 8 * 8, picture.height // 8 * 8))
    return whole.reduce(8)


def _times(one: Image.Image, other: Image.Image) -> Image.Image:
    return ImageMath.lambda_eval(lambda of: of["a"] * of["b"], a=one, b=other)


def _ssim(of):
    x, y, c, d = of["x"], of["y"], (0.01 * 255) ** 2, (0.03 * 255) ** 2
    together, spread = of["xy"] - x * y, of["xx"] - x * x + of["yy"] - y * y
    return (x * y * 2 + c) * (together * 2 + d) / ((x * x + y * y + c) * (spread + d))


def compared(rounds: int) -> dict:
    """Photographs of twelve megapixels: ours against plain Pillow, in turn within each round.

    "ours" makes the same four files as "plain", "whole" all that an upload makes at once. Shares
    are of plain Pillow's, each of a pair that ran one after the other: median, least and most.
    """
    found = [_compared(photograph(seed, grain=grain), rounds) for seed, grain in PHOTOGRAPHS]
    shares = {
        name: {
            what: _middle_and_ends(
                [
                    ours[at] / plain[at]
                    for runs, _, _ in found
                    for ours, plain in zip(runs[name], runs["plain"], strict=True)
                ]
            )
            for at, what in enumerate(("processor", "memory"))
        }
        for name in ("ours", "whole")
    }
    plain = [run for runs, _, _ in found for run in runs["plain"]]
    return {
        "photographs": len(found),
        "rounds": rounds,
        "plain_seconds": round(statistics.median(run[0] for run in plain), 3),
        "plain_megabytes": round(statistics.median(run[1] for run in plain), 1),
        **shares,
        "loss": [losses for _, losses, _ in found],
        "bytes": [sizes for _, _, sizes in found],
    }


def _compared(picture: Image.Image, rounds: int) -> tuple[dict, dict, dict]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "photo.jpg"
        source.write_bytes(as_jpeg(picture))
        del picture
        kinds = {name: Path(folder) / name for name in ("plain", "ours", "whole")}
        for path in kinds.values():
            path.mkdir()
        runs = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, path in kinds.items():
                runs[name].append(_run(name, source, path))
        shown = {name: kinds[name] for name in ("plain", "ours")}
        for name, path in shown.items():
            _run(name, source, path, WIDTHS["webp"])
        return runs, *_losses(source, shown)


def _middle_and_ends(shares: list[float]) -> list[float]:
    return [round(share, 3) for share in (statistics.median(shares), min(shares), max(shares))]


def _run(name: str, source: Path, folder: Path, webp=FOUR) -> tuple[float, float]:
    """Processor seconds and megabytes at the most, of a whole process."""
    if name == "plain":
        (folder / "plain.py").write_text(PLAIN)
        program = [folder / "plain.py", source, folder, *map(str, webp)]
    else:
        job = {"source": str(source), "kind": "JPEG", "folder": str(folder), **asdict(Limits())}
        widths = WIDTHS if name == "whole" else {"webp": webp, "jpg": ()}
        job |= {"blur": [], "only": None, "widths": widths}
        program = [DECODER, json.dumps(job)]
    command = [sys.executable, "-I", "-c", MEASURED, *map(str, program)]
    environment = _bare_environment() if name != "plain" else {}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    said = process.stdout.read().split()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise RuntimeError(f"{name} ended with {status}")
    return used.ru_utime + used.ru_stime, int(said[-1]) / 1024


def _losses(source: Path, kinds: dict[str, Path]) -> tuple[list[float], dict[str, list[int]]]:
    """By how much each of ours is less like the original than plain Pillow's; and the bytes."""
    losses, sizes = [], {name: [] for name in kinds}
    with Image.open(source) as original:
        original.load()
        for width in WIDTHS["webp"]:
            size = width, round(original.height * width / original.width)
            wanted = original.resize(size, Image.Resampling.LANCZOS)
            found = {}
            for name, folder in kinds.items():
                path = folder / f"{width}.webp"
                sizes[name].append(path.stat().st_size)
                with Image.open(path) as made:
                    found[name] = likeness(made.convert("RGB"), wanted)
            losses.append(round(found["plain"] - found["ours"], 4))
    return losses, sizes

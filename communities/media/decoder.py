"""The program that reads one untrusted picture and writes clean WebP files.

It runs on its own (`python -I decoder.py JSON`), so that a hostile file can only hurt a
process that is small, bounded and thrown away. It therefore imports nothing of the project.

The one argument is a JSON object: `source` (path), `kind` (Pillow's format name), `folder`
(where the files go) and the fields of `Limits`. It prints one JSON line: the picture
(`width`, `height`, `color`, `frames_dropped`, `files` as [file name, width, height]), or
`refused` with a code, or `errno` when the disk and not the picture is at fault.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import resource
import signal
import sys
import threading
import warnings

from PIL import Image, ImageFile, JpegImagePlugin

MASTER_SIDE = 2560
RENDITION_WIDTHS = (1280, 640, 320)
QUALITY = 80
# Of libwebp's 0 to 6: against 4, a third less time for files 5 percent larger.
EFFORT = 2
ICC_BYTES = 8 * 1024 * 1024
ORIENTATION_TAG = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A marker other than stuffing (00), restart (D0 to D7) and fill (FF): the end of a scan's data.
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# The entry that announces an item of the type Exif; the turn of an AVIF stands elsewhere.
AVIF_EXIF_ITEM = re.compile(rb"(infe[\x02\x03].{7,9})Exif", re.DOTALL)


class Refusal(Exception):
    """Carries the code of a refusal out to `main`."""


def main(job: dict) -> dict:
    bound_this_process(job)
    try:
        master, frames_dropped = read_picture(job)
    except Refusal as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, Image.DecompressionBombError):
        return {"refused": "too_many_pixels"}
    except Exception as error:
        code = "too_many_pixels" if "memory" in str(error).lower() else "broken"
        return {"refused": code, "detail": f"{type(error).__name__}: {error}"[:200]}
    try:
        files, color = write_files(master, job["folder"])
    except OSError as error:
        return {"errno": error.errno, "detail": str(error)[:200]}
    width, height = master.size
    return {
        "width": width,
        "height": height,
        "color": color,
        "frames_dropped": frames_dropped,
        "files": files,
    }


def bound_this_process(job: dict) -> None:
    """From here on neither memory, processor time, files nor waiting can run away."""
    wanted = {
        resource.RLIMIT_AS: job["memory_bytes"],
        resource.RLIMIT_CPU: job["seconds"],
        resource.RLIMIT_FSIZE: 64 * 1024 * 1024,
        resource.RLIMIT_NOFILE: 32,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "darwin":  # macOS refuses to limit the address space
        del wanted[resource.RLIMIT_AS]
    for kind, value in wanted.items():
        hard = resource.getrlimit(kind)[1]
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (ceiling, ceiling))
    # The parent watches the clock; this is for the case that the parent was killed.
    signal.alarm(job["seconds"] + 1)


def read_picture(job: dict) -> tuple[Image.Image, bool]:
    """The clean master and whether frames were left out."""
    prepare_pillow(job)
    if job["kind"] == "JPEG" and count_scans(job["source"]) > job["max_scans"]:
        raise Refusal("too_slow")
    with Image.open(readable_source(job), formats=[job["kind"]]) as picture:
        frames = check_size(picture, job)
        small = eight_bits(picture)
        small.thumbnail((MASTER_SIDE, MASTER_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        small.load()  # a small picture is still unread here
        # Read both only now: in a PNG they may stand after the pixels.
        turn = TURNS.get(orientation(picture)) if job["kind"] != "HEIF" else None
        profile = picture.info.get("icc_profile")
    upright = small if turn is None else small.transpose(turn)
    return pixels_only(to_srgb(upright, profile)), frames > 1


def prepare_pillow(job: dict) -> None:
    warnings.simplefilter("ignore")
    # Pillow refuses above twice this figure, before a format allocates its canvas.
    Image.MAX_IMAGE_PIXELS = job["max_pixels"] // 2
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if job["kind"] == "JPEG":
        # The first picture of a multi-picture JPEG is an ordinary JPEG. Reading it as such
        # keeps a damaged index of the other pictures from refusing a good photo.
        Image.register_open("JPEG", JpegImagePlugin.JpegImageFile, JpegImagePlugin._accept)
    elif job["kind"] == "PNG":
        from PIL import PngImagePlugin  # a worker loads the reader of its own kind only

        PngImagePlugin.MAX_TEXT_CHUNK = ICC_BYTES
    elif job["kind"] == "AVIF":
        from PIL import AvifImagePlugin  # a worker loads the reader of its own kind only

        AvifImagePlugin.DEFAULT_MAX_THREADS = 2
    elif job["kind"] == "HEIF":
        import pi_heif  # a worker loads the reader of its own kind only

        pi_heif.register_heif_opener(
            thumbnails=False, depth_images=False, aux_images=False, decode_threads=2
        )


def readable_source(job: dict) -> str | io.BytesIO:
    """The source, but an AVIF without its EXIF: when that is damaged, libavif refuses all."""
    if job["kind"] != "AVIF":
        return job["source"]
    with open(job["source"], "rb") as file:
        return io.BytesIO(AVIF_EXIF_ITEM.sub(rb"\1skip", file.read()))


def count_scans(path: str) -> int:
    """Scans of the first picture in a JPEG; each costs a pass over all pixels."""
    with open(path, "rb") as file:
        data = file.read()
    scans, at = 0, 2
    while (found := NEXT_MARKER.search(data, at)) and data[found.start() + 1] != 0xD9:
        scans += data[found.start() + 1] == 0xDA
        length = int.from_bytes(data[found.end() : found.end() + 2], "big")
        at = found.end() + max(length, 2)
    return scans


def check_size(picture: ImageFile.ImageFile, job: dict) -> int:
    """The number of frames, if size and number are within the limits."""
    frames = getattr(picture, "n_frames", 1)
    pixels = picture.width * picture.height
    animated_too_far = frames > 1 and (
        frames > job["max_frames"] or frames * pixels > job["max_animation_pixels"]
    )
    if pixels > job["max_pixels"] or animated_too_far:
        raise Refusal("too_many_pixels")
    return frames


def orientation(picture: Image.Image) -> int:
    """1 if the camera's notes cannot be read: they must not refuse a good photo."""
    try:
        return int(picture.getexif().get(ORIENTATION_TAG, 1))
    except Exception:
        return 1


def eight_bits(picture: Image.Image) -> Image.Image:
    """In mode L, LA, RGB, RGBA or CMYK; a picture already in one is returned unread."""
    if picture.mode in ("P", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return picture.convert("L" if picture.mode == "1" else "RGB")
    return picture


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB, or RGBA if anything is see-through, in the colours the profile means."""
    alpha = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
    opaque = picture.convert(picture.mode.rstrip("A")) if alpha else picture
    if profile:
        with contextlib.suppress(Exception):  # an unreadable profile changes nothing
            opaque = through_profile(opaque, profile)
    colored = opaque.convert("RGB")
    if alpha and alpha.getextrema()[0] < 255:
        colored.putalpha(alpha)
        # By way of premultiplied colours, so that nothing stays hidden under full transparency.
        colored = colored.convert("RGBa").convert("RGBA")
    return colored


def through_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms  # most pictures have no profile to convert

    source = ImageCms.getOpenProfile(io.BytesIO(profile))
    space = source.profile.xcolor_space.strip()
    mode = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}[space]
    if (picture.mode, mode) == ("L", "RGB"):
        picture = picture.convert("RGB")
    return ImageCms.profileToProfile(
        picture,
        source,
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def pixels_only(picture: Image.Image) -> Image.Image:
    """A fresh image: the notes, comments and profiles of the original stay behind."""
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    return fresh


def write_files(master: Image.Image, folder: str) -> tuple[list, str]:
    """Master and renditions as [file name, width, height], and the dominant colour."""
    failures: list[OSError] = []
    threads = [start_write(master, folder, failures)]
    sizes = [master.size]
    smaller = master
    for width in (width for width in RENDITION_WIDTHS if width < master.width):
        size = width, max(1, round(master.height * width / master.width))
        smaller = smaller.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        threads.append(start_write(smaller, folder, failures))
        sizes.append(size)
    color = dominant_color(smaller)
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return [[f"{width}.webp", width, height] for width, height in sizes], color


def start_write(picture: Image.Image, folder: str, failures: list) -> threading.Thread:
    """Encoding releases the interpreter, so the sizes are encoded side by side."""

    def write() -> None:
        path = os.path.join(folder, f"{picture.width}.webp")
        try:
            picture.save(path, quality=QUALITY, method=EFFORT)
        except Exception as error:
            failures.append(error if isinstance(error, OSError) else OSError(0, repr(error)))

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def dominant_color(picture: Image.Image) -> str:
    sample = picture.resize((48, 48), Image.Resampling.BOX).convert("RGBA")
    flat = Image.alpha_composite(Image.new("RGBA", sample.size, "white"), sample).convert("RGB")
    buckets = flat.quantize(8, method=Image.Quantize.MEDIANCUT)
    most_used = max(buckets.getcolors())[1]
    red, green, blue = buckets.getpalette()[most_used * 3 : most_used * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))

"""From untrusted bytes to a clean master: upright, sRGB, pixels only."""

from __future__ import annotations

import contextlib
import io
import re
import warnings

from PIL import Image, ImageFile, JpegImagePlugin

MASTER_SIDE = 1920
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


def read_picture(job: dict) -> tuple[Image.Image, bool]:
    """The clean master and whether frames were left out."""
    prepare_pillow(job)
    if job["kind"] == "JPEG" and count_scans(job["source"]) > job["max_scans"]:
        raise Refusal("too_slow")
    with Image.open(readable_source(job), formats=[job["kind"]]) as picture:
        frames = check_size(picture, job)
        read_no_more_than_needed(picture)
        small = eight_bits(picture)
        # Nothing of what a wider window would keep survives the encoding, and it takes longer.
        small.thumbnail((MASTER_SIDE, MASTER_SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
        small.load()  # a small picture is still unread here
        # Read both only now: in a PNG they may stand after the pixels. In HEIC the container says
        # how a picture is turned, libheif has done it, and the camera's own note may not count.
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


def read_no_more_than_needed(picture: ImageFile.ImageFile) -> None:
    """A large JPEG is decoded at a half, a quarter or an eighth, where that is still enough.

    A photo of twelve megapixels then takes a quarter of the memory and half of the time.
    """
    share = MASTER_SIDE / max(picture.size)
    if share < 1:
        picture.draft(None, (int(picture.width * share), int(picture.height * share)))


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

"""Pictures and other files built by code: small, odd, and each odd in one known way."""

from __future__ import annotations

import base64
import io
import struct
import zlib

from PIL import Image, ImageCms, PngImagePlugin

MARKER = "SECRETMARKER"
SIZE = (96, 64)
RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 40), (30, 40, 220), (255, 255, 255)
CORNERS = (RED, GREEN, BLUE, WHITE)


def four_corners(size: tuple[int, int] = SIZE) -> Image.Image:
    """Red, green over blue, white: any turn or flip shows."""
    width, height = size
    picture = Image.new("RGB", size, WHITE)
    picture.paste(RED, (0, 0, width // 2, height // 2))
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    return picture


def corner_colors(picture: Image.Image) -> list[tuple[int, ...]]:
    """The pixels in the middle of the four quarters, in reading order."""
    x, y = picture.width // 4, picture.height // 4
    places = ((x, y), (3 * x, y), (x, 3 * y), (3 * x, 3 * y))
    return [picture.getpixel(place) for place in places]


def encoded(picture: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(picture: Image.Image | None = None, **options) -> bytes:
    options = {"quality": 95, "subsampling": 0, **options}
    return encoded(picture or four_corners(), "JPEG", **options)


def telltale_exif(orientation: int = 1) -> Image.Exif:
    """A place, a description and a maker note, all of which must vanish."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = MARKER
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 0.0), 0x1D: MARKER})
    exif.get_ifd(0x8769)[0x927C] = MARKER.encode()
    return exif


def srgb_profile(padding: bytes = b"") -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + padding


def swapped_profile() -> bytes:
    """A profile in which the first channel means blue and the third means red."""
    names = srgb_profile().replace(b"rXYZ", b"????")
    return names.replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


def xmp() -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><p>{MARKER}</p></x:xmpmeta>'.encode()


def jpeg_segment(number: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, number, len(content) + 2) + content


def telltale_jpeg() -> bytes:
    """Notes in every place a JPEG has for them, and a second file behind it."""
    plain = jpeg(
        exif=telltale_exif(),
        xmp=xmp(),
        comment=MARKER,
        icc_profile=srgb_profile(MARKER.encode()),
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(MARKER)) + MARKER.encode()
    return plain[:2] + jpeg_segment(0xED, iptc) + plain[2:] + MARKER.encode()


def telltale_mpo() -> bytes:
    """Two pictures in one file, of which the second has notes too."""
    second = Image.open(io.BytesIO(jpeg(exif=telltale_exif(), comment=MARKER)))
    notes = {"exif": telltale_exif(), "comment": MARKER}
    return encoded(four_corners(), "MPO", save_all=True, append_images=[second], **notes)


def telltale_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", MARKER)
    notes.add_itxt("XML:com.adobe.xmp", xmp().decode())
    return encoded(four_corners(), "PNG", pnginfo=notes, exif=telltale_exif()) + MARKER.encode()


def png_chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def declared_png(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of the given size."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = png_chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + header + rows + png_chunk(b"IEND", b"")


def deep_png(pixel: bytes) -> bytes:
    """A PNG of SIZE with 16 bits a channel, all of it the given six bytes."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", *SIZE, 16, 2, 0, 0, 0))
    rows = (b"\0" + pixel * SIZE[0]) * SIZE[1]
    pixels = png_chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + png_chunk(b"IEND", b"")


def animation(kind: str, frames: int = 3) -> bytes:
    first = four_corners()
    others = [Image.new("RGB", SIZE, (number % 256, 0, 0)) for number in range(1, frames)]
    return encoded(first, kind, save_all=True, append_images=others, duration=50, lossless=True)


def many_scans(repeats: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    data = jpeg(progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * repeats + data[-2:]


# 64×48, left half RED, right half BLUE. Its EXIF holds MARKER, a GPS place and an orientation
# of 6, which does not count: in HEIC the container says how a picture is turned.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAeFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAA"
    "AAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAAExpbG9jAQAAAERAAAMAAQAAAAAAAAIFAAEAAAAAAAAA"
    "UAACAAEAAAAAAAAAAQAAAAAAAAAIAAMAAAAAAAACVQABAAAAAAAAAHoAAABNaWluZgAAAAAAAwAAABVpbmZlAgAAAQAB"
    "AABodmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAABVpbmZlAgAAAQADAABFeGlmAAAAANVpcHJwAAAAs2lwY28AAABz"
    "aHZjQwEDcAAAAAAAAAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66AkAhAAEAJ0IBAQNwAAAD"
    "AJAAAAMAAAMAHqAggQWW6uSmubAgAAADACAAAAMAISIAAQAGRAHBc8CJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaXNw"
    "ZQAAAAAAAABAAAAAMAAAABBwaXhpAAAAAAMICAgAAAAaaXBtYQAAAAAAAAACAAECgQIAAgIDhAAAAChpcmVmAAAAAAAA"
    "AA5kaW1nAAIAAQABAAAADmNkc2MAAwABAAIAAADSbWRhdAAAAEwoAa8TgPgQ4af/+0Cj/+ATPD8nvSYn/+FHBH9QvD/8"
    "mrw7u9uCMNjnaoPA+9kObBaz3CZTcy7mYEPeJ7G+PFHber9a60/mSgs85FOAAAAAAE1NACoAAAAIAAMBDgACAAAADQAA"
    "ADIBEgADAAAAAQAGAACIJQAEAAAAAQAAAEAAAAAAU0VDUkVUTUFSS0VSAAAAAgABAAIAAAACTgAAAAACAAUAAAADAAAA"
    "XgAAAAAAAAA0AAAAAQAAAB8AAAABAAAAAAAAAAE="
)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def turned_heic(*properties: bytes, brand: bytes = b"heic", behind: bytes = b"") -> bytes:
    """HEIC with more properties of its picture: how to turn or mirror it, in this order.

    `brand` is what its maker calls it, `behind` follows the last box.
    """
    head, meta, rest = HEIC[:28], HEIC[28 : 28 + 0x1E1], HEIC[28 + 0x1E1 :]
    longer = sum(map(len, properties)) + len(properties)
    # The table of properties grows, and so do all boxes that hold it.
    at = meta.index(b"ipma")
    first = 1 + _children(meta, b"ipco")
    meta = meta[: at - 4] + b"".join(properties) + meta[at - 4 :]
    # The last entry belongs to the picture: a number of properties, and which.
    at = meta.index(b"ipma") + len("ipma") + 8 + 2 + 1 + 2 + 2
    numbers = bytes(0x80 | number for number in range(first, first + len(properties)))
    count = meta[at]
    end = at + 1 + count
    meta = meta[:at] + bytes([count + len(properties)]) + meta[at + 1 : end] + numbers + meta[end:]
    for kind, more in (
        (b"ipco", longer - len(properties)),
        (b"ipma", len(properties)),
        (b"iprp", longer),
        (b"meta", longer),
    ):
        meta = _grown(meta, kind, more)
    # Two items lie in the data behind and have moved.
    for place in (b"\x02\x05", b"\x02\x55"):
        moved = struct.pack(">H", int.from_bytes(place, "big") + longer)
        meta = meta.replace(b"\0\0" + place, b"\0\0" + moved, 1)
    return head.replace(b"ftypheic", b"ftyp" + brand) + meta + rest + behind


def _grown(data: bytes, kind: bytes, more: int) -> bytes:
    at = data.index(kind) - 4
    size = int.from_bytes(data[at : at + 4], "big") + more
    return data[:at] + struct.pack(">I", size) + data[at + 4 :]


def _children(data: bytes, kind: bytes) -> int:
    """How many boxes this one holds."""
    start = data.index(kind) - 4
    end, at, found = start + int.from_bytes(data[start : start + 4], "big"), start + 8, 0
    while at < end:
        at += int.from_bytes(data[at : at + 4], "big")
        found += 1
    return found

"""Safe ingest of uploaded pictures: hostile bytes go in, clean files come out.

`ingest(upload, storage=…, folder=…)` reads one uploaded file in a separate, bounded process
and stores a clean master (WebP, upright, sRGB, longest side at most 1920), WebP renditions
1280, 640, 480 and 320 wide and JPEG renditions 1280 and 640 wide, never enlarged. It returns a
`Picture`. `remake` makes all of them again from a master, with rectangles blurred;
`make_renditions` adds what is missing, such as AVIF. The files hold pixels only: no EXIF,
XMP, IPTC, colour profile, comment, thumbnail or trailing data of the original. Of an animation
the first frame is kept and `frames_dropped` says so.

- Names are `{folder}/{first 16 of the master's SHA-256}-{width}.{ending}`; a name that is taken
  gets an ending from the storage. Two pictures never share a file.
- On return the files are durable. Commit the record afterwards; if that fails, `discard` them.
- `Refused` carries a `code` and a `message` for the person. Codes: `empty`, `too_large`,
  `not_a_picture`, `unsupported`, `too_many_pixels`, `broken`, `too_slow`, `busy`.
- Errors of the storage, such as a full disk, pass through as they are.
- Whatever is raised, nothing is left in the storage or in temporary folders.
- Do not call inside a database transaction: it may wait for a place and takes about a second.

`delete_unreferenced` clears what a killed process left behind.
"""

from .ingest import discard, ingest, make_renditions, remake
from .picture import (
    Limits,
    Picture,
    PictureFile,
    Refused,
    files_from_json,
    files_to_json,
    missing_files,
)
from .storing import delete_all
from .sweep import delete_unreferenced, unreferenced
from .workspace import delete_stranded_uploads

__all__ = [
    "Limits",
    "Picture",
    "PictureFile",
    "Refused",
    "delete_all",
    "delete_stranded_uploads",
    "delete_unreferenced",
    "discard",
    "files_from_json",
    "files_to_json",
    "ingest",
    "make_renditions",
    "missing_files",
    "remake",
    "unreferenced",
]

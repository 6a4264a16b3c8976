"""The program that reads one untrusted picture and writes clean files.

It runs on its own (`python -I decoder JSON`), so that a hostile file can only hurt a process that
is small, bounded and thrown away. It therefore imports nothing of the project but what lies beside
this file.

The one argument is a JSON object: `source` (path), `kind` (Pillow's format name), `folder` (where
the files go), `blur` (rectangles of the upright picture), `only` (null, or the files to make of a
clean master as [ending, width]), `widths` (of each format, by ending) and the fields of `Limits`.
It prints one JSON line: the picture (`width`, `height`, `color`, `frames_dropped`, `files` as
[file name, width, height]), or `refused` with a code, or `errno` when the disk and not the picture
is at fault.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys

from PIL import Image
from reading import Refusal, read_picture
from writing import blurred, dominant_color, write_files, write_only


def main(job: dict) -> dict:
    bound_this_process(job)
    try:
        master, frames_dropped = read_picture(job)
        master = blurred(master, job["blur"])
    except Refusal as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, Image.DecompressionBombError):
        return {"refused": "too_many_pixels"}
    except Exception as error:
        code = "too_many_pixels" if "memory" in str(error).lower() else "broken"
        return {"refused": code, "detail": f"{type(error).__name__}: {error}"[:200]}
    try:
        if job["only"] is not None:
            files, color = write_only(master, job["folder"], job["only"]), ""
        else:
            files, smallest = write_files(master, job["folder"], job["widths"])
            color = dominant_color(smallest)
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
    # Whoever looks at a page goes first.
    os.nice(5)
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
    signal.alarm(int(job["clock_seconds"]) + 1)


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))

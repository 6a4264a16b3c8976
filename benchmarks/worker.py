"""A process with one database, which does what the bench asks on its standard input, line by line.

One at a time is at work, so that they do not disturb each other; each measures itself.
"""

import gc
import json
import os
import sys
import time

OUT = os.fdopen(os.dup(1), "w")
# What else prints must not get between the answers.
os.dup2(2, 1)


def main() -> None:
    import django
    from django.conf import settings

    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "modelsearch", "benchmarks.peer"]
    django.setup()
    from benchmarks import tasks

    for line in sys.stdin:
        request = json.loads(line)
        do = getattr(tasks, request.pop("do"))
        try:
            answer = {"answer": do(**request)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        OUT.write(json.dumps(answer) + "\n")
        OUT.flush()


def timed(function, *arguments, **named) -> tuple[object, dict[str, float]]:
    """The result, and milliseconds by the clock and of this process's own work."""
    gc.collect(1)
    gc.disable()
    wall, own = time.perf_counter(), time.process_time()
    result = function(*arguments, **named)
    spent = {
        "ms": (time.perf_counter() - wall) * 1000,
        "cpu": (time.process_time() - own) * 1000,
    }
    gc.enable()
    return result, spent


if __name__ == "__main__":
    main()

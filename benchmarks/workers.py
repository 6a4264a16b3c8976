"""The bench's side of a worker: start it, ask it, stop it."""

import json
import subprocess
import sys

from benchmarks.places import ROOT, Place


class Failed(Exception):
    """The worker could not do what it was asked."""


class Worker:
    def __init__(self, place: Place):
        self.place = place
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker"],
            cwd=ROOT,
            env=place.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, do: str, **details):
        self._process.stdin.write(json.dumps({"do": do, **details}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise Failed(f"{self.place.folder.name}: the worker ended")
        found = json.loads(line)
        if "error" in found:
            raise Failed(f"{self.place.folder.name}, {do}: {found['error']}")
        return found["answer"]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._process.stdin.close()
        self._process.wait(timeout=60)

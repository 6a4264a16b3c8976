"""A real server to be killed: gunicorn with the project's configuration."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 90
# Below those that a system gives to anybody who asks for some port: while the server is down,
# somebody else on the machine might be given its own.
PORTS = range(20_000, 32_000)


class Server:
    """Master and workers in a process group that can be killed at once; a port that stays.

    `folder` takes what it says. `starts` is how often it was begun, and `slowest` how many seconds
    it took at most until it answered.
    """

    def __init__(self, environment: dict, *, folder: Path, workers: int = 2):
        self.port = _free_port()
        own = {"PORT": str(self.port), "HOST": "127.0.0.1", "WEB_WORKERS": str(workers)}
        self.environment = {**environment, **own}
        self.said = folder / "server.log"
        self.process = None
        self.starts, self.slowest = 0, 0.0

    def start(self) -> None:
        """Until it answers. One that ends before is begun again, as a supervisor would."""
        began = time.monotonic()
        while not self._answers():
            if time.monotonic() > began + PATIENCE:
                raise TimeoutError(f"The server did not start. It said:\n{self._last_words()}")
            if self.process is None or self.process.poll() is not None:
                self._begin()
            time.sleep(0.1)
        self.slowest = max(self.slowest, round(time.monotonic() - began, 1))

    def kill(self) -> None:
        """Without a word to anybody: master and workers. The port is free when this returns."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        # A worker that is writing to the disk dies when it has written, and holds the port so long.
        end = time.monotonic() + PATIENCE
        while not _is_free(self.port):
            if time.monotonic() > end:
                raise TimeoutError("A killed worker still holds the port.")
            time.sleep(0.05)

    def _begin(self) -> None:
        self.starts += 1
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "gallery/gunicorn.py"],
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
                stdout=said,
                stderr=said,
            )

    def _answers(self) -> bool:
        if self.process is None:
            return False
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/healthz")
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def _last_words(self) -> str:
        return self.said.read_text(errors="replace")[-4_000:] if self.said.exists() else "nothing"


def _free_port() -> int:
    tried = random.sample(PORTS, 100)
    return next(port for port in tried if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as found:
        # As the server itself asks for it: what is left of old lines does not count.
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True

"""What a browser asked for may still be at work when its test has ended."""

import threading

# Seconds. Nothing takes so long that is not stuck.
PATIENCE = 20


class InFlight:
    """A WSGI application that knows whether somebody still waits for it."""

    def __init__(self, application):
        self.application = application
        self._changed = threading.Condition()
        self._open = 0

    def __call__(self, environ, start_response):
        self._count(1)
        try:
            answer = self.application(environ, start_response)
        except BaseException:
            self._count(-1)
            raise
        return _Answer(answer, self._count)

    def wait(self) -> None:
        """Until nothing is at work: only then can the database be emptied without a deadlock."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._open, PATIENCE), "a request is stuck"

    def _count(self, more: int) -> None:
        with self._changed:
            self._open += more
            self._changed.notify_all()


class _Answer:
    def __init__(self, answer, count):
        self.answer, self.count = answer, count

    def __iter__(self):
        return iter(self.answer)

    def close(self):
        try:
            self.answer.close()
        finally:
            self.count(-1)

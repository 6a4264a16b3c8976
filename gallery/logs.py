"""Log lines that carry the request's id and cannot be forged by what a visitor sends."""

import logging
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")

_CONTROL = {code: f"\\x{code:02x}" for code in [*range(32), 127] if code not in (9, 10)}


class RequestIdFilter(logging.Filter):
    def filter(self, record):
        record.request_id = request_id.get()
        return True


class SafeFormatter(logging.Formatter):
    """Writes control characters of the message as escapes; line breaks only in tracebacks."""

    def formatMessage(self, record):  # noqa: N802  the name is logging's
        record.message = record.message.translate(_CONTROL).replace("\n", "\\n")
        return super().formatMessage(record)

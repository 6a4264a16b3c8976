"""Log lines that carry the request's id and cannot be forged by what a visitor sends."""

import logging
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")

_CONTROL = {code: f"\\x{code:02x}" for code in [*range(32), 127] if code not in (9, 10)}


class RequestIdFilter(logging.Filter):
    """Puts the request's id on its lines, also on those written when its middleware is done."""

    def filter(self, record):
        own = getattr(getattr(record, "request", None), "id", None)
        record.request_id = own or request_id.get()
        return True


class SafeFormatter(logging.Formatter):
    """Writes control characters of the message as escapes; line breaks only in tracebacks."""

    def formatMessage(self, record):  # noqa: N802  the name is logging's
        record.message = record.message.translate(_CONTROL).replace("\n", "\\n")
        return super().formatMessage(record)


def to_console(level: str) -> dict:
    """The LOGGING of a site that writes lines of `level` and above to its terminal."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "gallery.logs.RequestIdFilter"}},
        "formatters": {
            "line": {
                "()": "gallery.logs.SafeFormatter",
                "format": "{asctime} {levelname} {name} [{request_id}] {message}",
                "style": "{",
            }
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["request_id"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"django": {"level": "INFO", "propagate": True, "handlers": []}},
    }

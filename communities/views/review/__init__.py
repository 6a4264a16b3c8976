from .decision import confirm, decide, page, submission
from .desk import queue
from .log import log
from .reading import assign, note, remark, remark_change, take, undo
from .reports import report, reports, suspension

__all__ = [
    "assign",
    "confirm",
    "decide",
    "log",
    "note",
    "page",
    "queue",
    "remark",
    "remark_change",
    "report",
    "reports",
    "submission",
    "suspension",
    "take",
    "undo",
]

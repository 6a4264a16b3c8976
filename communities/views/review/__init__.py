from .decision import confirm, decide, page, submission
from .desk import queue
from .reports import report, reports, suspension

__all__ = ["confirm", "decide", "page", "queue", "report", "reports", "submission", "suspension"]

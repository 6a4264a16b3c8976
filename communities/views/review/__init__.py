from .decision import confirm, decide, page, submission
from .desk import queue

__all__ = ["confirm", "decide", "page", "queue", "submission"]

"""Handing back what a form said when the server failed at it, out of nothing but the request."""

import re
from dataclasses import dataclass

# Passwords and codes are typed there, and no page repeats those.
SECRET = ("/accounts/", "/admin/")
# What a person typed looks otherwise than keys, numbers, ticks and digests.
WRITTEN = re.compile("[^a-z0-9_-]")
# The last word of the names of hidden fields that say something else than a person did.
HIDDEN = {"csrfmiddlewaretoken", "for", "seen", "revision", "key", "clash", "choose", "then", "row"}


@dataclass(frozen=True)
class Sent:
    """`fields` are to be sent again as they came; `words` are those that a person wrote, named."""

    action: str
    fields: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    had_files: bool


def sent_by(request) -> Sent | None:
    """What came in with a form of ours; None for anything else, and where secrets are typed."""
    # Only one of our own pages has the token, so that nobody else's words get onto a page of ours.
    is_ours = request.method == "POST" and getattr(request, "csrf_processing_done", False)
    if not is_ours or request.path_info.startswith(SECRET) or not request.POST:
        return None
    fields = [(name, text) for name, texts in request.POST.lists() for text in texts]
    words = [(_label(name), text) for name, text in fields if _is_written(name, text)]
    return Sent(request.get_full_path(), tuple(fields), tuple(words), bool(request.FILES))


def _is_written(name: str, text: str) -> bool:
    return bool(WRITTEN.search(text)) and re.split("[-_]", name)[-1] not in HIDDEN


def _label(name: str) -> str:
    return re.sub("[-_]+", " ", name).strip().capitalize()

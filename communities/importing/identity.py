import hashlib


def identity_of(*, title: str, place: str, source_url: str) -> str:
    """Which design a row is about, as 64 hexadecimal characters.

    The source (else the title) and the place: a source that ran in two towns is two designs, one
    that ran twice in one town is one design that ran twice.
    """
    name = source_url.rstrip("/") or title
    text = "\n".join(" ".join(part.split()).casefold() for part in (name, place))
    return hashlib.sha256(text.encode()).hexdigest()

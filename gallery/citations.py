"""How to cite a published design: in words, and in the formats that reference managers read."""

import json
import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from communities.models import Community
from communities.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class Citation:
    authors: tuple[str, ...]
    title: str
    version: int
    number: int
    published_on: date
    slug: str
    url: str
    site: str

    @property
    def names(self) -> str:
        """A., B. and C."""
        *first, last = self.authors or ("",)
        return f"{', '.join(first)} and {last}" if first else last

    @property
    def sentence(self) -> str:
        """The citation without its emphasis, for a plain text."""
        year = f"({self.published_on.year})"
        opening = f"{self.names} {year}. " if self.authors else ""
        title = self.title if self.authors else f"{self.title} {year}"
        return (
            f"{opening}{title}, version {self.version}. {self.site}, no. {self.number}. {self.url}"
        )


def citation_of(community: Community, snapshot: Snapshot, *, url: str) -> Citation:
    """No query; join `published_version` beforehand."""
    team = tuple(person.name for person in snapshot.team if person.name)
    return Citation(
        authors=team or tuple(filter(None, [snapshot.credit])),
        title=snapshot.title,
        version=community.published_version.number,
        number=community.catalogue_number,
        published_on=timezone.localdate(community.published_at),
        slug=community.slug,
        url=url,
        site=settings.SITE_NAME,
    )


def bibtex(citation: Citation) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in citation.authors),
        "title": f"{{{_tex(citation.title)}}}",
        "year": str(citation.published_on.year),
        "howpublished": f"{_tex(citation.site)}, no. {citation.number}",
        "note": f"Version {citation.version}",
        "url": citation.url,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    key = f"{citation.slug}-{citation.published_on.year}"
    return "@misc{" + ",\n".join([key, *lines]) + "\n}\n"


def ris(citation: Citation) -> str:
    fields = [
        ("TY", "WEB"),
        *(("AU", name) for name in citation.authors),
        ("TI", citation.title),
        ("PY", str(citation.published_on.year)),
        ("DA", citation.published_on.strftime("%Y/%m/%d")),
        ("ET", str(citation.version)),
        ("PB", citation.site),
        ("M1", str(citation.number)),
        ("UR", citation.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in fields)


def csl_json(citation: Citation) -> str:
    day = citation.published_on
    item = {
        "id": citation.slug,
        "type": "webpage",
        "title": citation.title,
        "author": [{"literal": name} for name in citation.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "container-title": citation.site,
        "number": str(citation.number),
        "version": str(citation.version),
        "URL": citation.url,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def plain(citation: Citation) -> str:
    return _line(citation.sentence) + "\n"


@dataclass(frozen=True)
class Format:
    label: str
    write: object
    content_type: str
    ending: str


FORMATS = {
    "text": Format("Plain text", plain, "text/plain; charset=utf-8", "txt"),
    "bibtex": Format("BibTeX", bibtex, "application/x-bibtex; charset=utf-8", "bib"),
    "ris": Format("RIS", ris, "application/x-research-info-systems; charset=utf-8", "ris"),
    "csl": Format("CSL-JSON", csl_json, "application/vnd.citationstyles.csl+json", "json"),
}

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _line(text))


def _line(text: str) -> str:
    """One line: a line break would begin a new field."""
    return re.sub(r"\s+", " ", text).strip()

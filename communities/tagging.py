"""All that this project asks of django-taggit beyond its fields, in one module.

Stock taggit gives "!!!" an empty slug, keeps "peer review" and "Peer-Review" apart, and spends a
dozen queries on each new tag.
"""

import hashlib
import unicodedata

from django.utils.text import slugify


def slug_for(name: str, number: int | None = None) -> str:
    """The address of a tag or title: lower-case ASCII, 3 to 90 characters, never empty.

    A name without a single Latin letter or digit gets a stable slug made from its bytes.
    """
    slug = slugify(name)[:80].strip("-_")
    if not slug:
        folded = unicodedata.normalize("NFKC", name).casefold().encode("utf-8", "replace")
        slug = "n-" + hashlib.sha256(folded).hexdigest()[:10]
    return f"{slug}-{number}" if number else slug


def topic_names(text: str) -> list[str]:
    """The topics in a comma- or semicolon-separated line: trimmed, without repeats by slug."""
    names: dict[str, str] = {}
    for part in text.replace(";", ",").split(","):
        name = " ".join(part.split())[:80]
        if name:
            names.setdefault(slug_for(name), name)
    return list(names.values())


def set_topics(community, names: list[str]) -> None:
    """Make the community's topics exactly `names`; 6 queries however many are new.

    The name of a topic that was merged stands for the one that it was merged into.
    """
    Topic = community.topics.through.tag_model()  # noqa: N806
    wanted = {slug_for(name): name for name in names}
    merged = dict(
        Topic.objects.filter(aliases__slug__in=wanted).values_list("aliases__slug", "slug")
    )
    Topic.objects.bulk_create(
        [Topic(name=name, slug=slug) for slug, name in wanted.items() if slug not in merged],
        ignore_conflicts=True,
    )
    topics = list(Topic.objects.filter(slug__in={merged.get(slug, slug) for slug in wanted}))
    through = community.community_topics
    through.exclude(tag__in=topics).delete()
    through.model.objects.bulk_create(
        [through.model(content_object=community, tag=topic) for topic in topics],
        ignore_conflicts=True,
    )

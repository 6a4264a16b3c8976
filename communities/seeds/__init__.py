"""The vocabulary and the section template that every gallery begins with.

Staff edit both from then on, so that loading only adds what is missing and changes nothing.
"""

import json
from pathlib import Path

from communities.tagging import slug_for

FOLDER = Path(__file__).parent


def load(apps) -> None:
    """Add what is missing; `apps` is Django's registry, or a migration's."""
    _load_values(apps)
    _load_sections(apps)
    load_suggestions(apps)


def read(name: str) -> list[dict]:
    """The seeds of one file of this folder, in the order in which they are offered."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _load_values(apps) -> None:
    value_model = apps.get_model("communities", "Value")
    plain = ("name", "short", "definition", "not_confused_with", "mark", "drawn_as")
    for position, seed in enumerate(read("values.json")):
        fields = {name: seed[name] for name in plain} | {"position": position}
        value, is_new = value_model.objects.get_or_create(slug=seed["slug"], defaults=fields)
        if not is_new:
            continue
        apps.get_model("communities", "ValueQuestion").objects.bulk_create(
            value.questions.model(value=value, text=text, position=rank)
            for rank, text in enumerate(seed["questions"])
        )
        apps.get_model("communities", "ValueAlias").objects.bulk_create(
            value.aliases.model(value=value, name=name, slug=slug_for(name))
            for name in seed["aliases"]
        )


def _load_sections(apps) -> None:
    template_model = apps.get_model("communities", "SectionTemplate")
    for position, seed in enumerate(read("sections.json")):
        fields = seed | {"position": position, "prompts": "\n".join(seed["prompts"])}
        template_model.objects.get_or_create(key=fields.pop("key"), defaults=fields)


def give_layouts(apps) -> None:
    """Sections of free text that are seeded with rows by now get these, where staff keep them."""
    templates = apps.get_model("communities", "SectionTemplate").objects
    for seed in read("sections.json"):
        templates.filter(key=seed["key"], layout="prose").update(layout=seed["layout"])


def load_suggestions(apps) -> None:
    """Those of sections that have none. Early migrations know of none at all."""
    try:
        suggestion_model = apps.get_model("communities", "Suggestion")
    except LookupError:
        return
    templates = apps.get_model("communities", "SectionTemplate").objects
    without = {row.key: row for row in templates.filter(suggestions=None)}
    suggestion_model.objects.bulk_create(
        suggestion_model(template=without[key], position=position, **words)
        for key, seeds in read("suggestions.json").items()
        if key in without
        for position, words in enumerate(seeds)
    )

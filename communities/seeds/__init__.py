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

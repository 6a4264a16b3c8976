"""What becomes of each trace of a person is decided, and everything written is one of them."""

from collections import Counter

from django.apps import apps
from django.db import models

from accounts.models import User
from communities.services.traces import BY_THEMSELVES, DESIGN_OF, RELATIONS, TEXTS, Fate

KINDS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)


def fields_of_all_models():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            yield f"{model._meta.label}.{field.name}", field


def test_every_relation_to_a_person_stays_as_a_fact_or_ends():
    found = {label for label, field in fields_of_all_models() if field.related_model is User}
    assert found == set(RELATIONS)
    assert set(RELATIONS.values()) == {Fate.STAYS, Fate.ENDS}


def test_what_must_not_be_empty_does_not_stay_empty():
    """Rows that stay name the account, which stays as “a former member”."""
    refs = {label: field for label, field in fields_of_all_models() if label in RELATIONS}
    stays = {label for label, fate in RELATIONS.items() if fate is Fate.STAYS}
    must = {label for label in stays if not refs[label].null}
    assert must == {"accounts.Acceptance.user", "admin.LogEntry.user"}


def test_every_text_has_its_fate():
    found = {
        label
        for label, field in fields_of_all_models()
        if isinstance(field, KINDS) and not field.choices
    }
    assert found == set(TEXTS)
    counts = Counter(TEXTS.values())
    assert set(counts) == set(Fate) - {Fate.STAYS, Fate.ENDS}


def test_what_is_looked_through_by_design_leads_to_one():
    for label, path in DESIGN_OF.items():
        assert apps.get_model(label)._base_manager.filter(**{path: 1}).query
    assert {text for text in BY_THEMSELVES if TEXTS[text] is not Fate.SHARED} == set()

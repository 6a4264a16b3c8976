"""The OpenAPI document, made from the declared filters, the forms that read them and the types."""

from functools import cache

import msgspec
from django import forms
from django.urls import reverse

from ..answers import Problem
from ..corpora import DESIGNS, INSIGHTS, Corpus
from ..facets import Facet
from ..forms import SearchForm
from ..text.query import LONGEST
from .types import Design, DesignPage, InsightPage

VERSION = "1.0.0"
MEANINGS = {
    "q": 'Words to search for: all of them, "phrases" in quotes, -without. What is beyond'
    f" {LONGEST} characters is left out.",
    "match": "Whether a result holds any of the values that are chosen, or all.",
    "sort": "In which order the results stand.",
    "page": "Which page of the results; one too high means the last.",
}
SEARCHES = {
    "api_designs": ("Search published designs", DESIGNS, DesignPage),
    "api_insights": ("Search the lessons of published designs", INSIGHTS, InsightPage),
}


@cache
def document() -> bytes:
    types = [DesignPage, InsightPage, Design, Problem]
    refs, components = msgspec.json.schema_components(
        types, ref_template="#/components/schemas/{name}"
    )
    schemas = dict(zip(types, refs, strict=True))
    paths = {
        reverse(name): _reading(name, title, _parameters(corpus), schemas[answer], schemas)
        for name, (title, corpus, answer) in SEARCHES.items()
    }
    slug = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
    paths[reverse("api_designs") + "{slug}/"] = _reading(
        "api_design", "Read one published design", [slug], schemas[Design], schemas
    )
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Published designs and their lessons",
                "version": VERSION,
                "description": "Open to all, without a key, to be read only. What is not known"
                " of a question is left out, and `hints` of the answer say so.",
            },
            "servers": [{"url": "/"}],
            "paths": paths,
            "components": {"schemas": components},
        }
    )


def _reading(name: str, title: str, parameters: list, schema: dict, schemas: dict) -> dict:
    def answer(words: str, content_type: str, schema: dict, **headers) -> dict:
        content = {content_type: {"schema": schema}}
        return {"description": words, "headers": headers, "content": content}

    def refusal(words: str, **headers) -> dict:
        return answer(words, "application/problem+json", schemas[Problem], **headers)

    tag = {"schema": {"type": "string"}, "description": "To be sent back as If-None-Match."}
    seconds = {"schema": {"type": "integer"}, "description": "Seconds to wait."}
    responses = {
        "200": answer("What was found.", "application/json", schema, ETag=tag),
        "304": {"description": "Nothing has changed since the answer with this tag."},
        "405": refusal("This address can only be read."),
        "429": refusal("Too many requests from this address.", **{"Retry-After": seconds}),
    }
    if any(parameter["in"] == "path" for parameter in parameters):
        responses["301"] = {"description": "It has another address now."}
        responses["404"] = refusal("Nothing is published at this address.")
    reading = {"operationId": name, "summary": title, "parameters": parameters}
    return {"get": {**reading, "responses": dict(sorted(responses.items()))}}


def _parameters(corpus: Corpus) -> list[dict]:
    own = [_parameter(name, _schema(field)) for name, field in SearchForm.base_fields.items()]
    sort = _parameter("sort", {"type": "string", "enum": [sort.value for sort in corpus.sorts]})
    return [*own, sort, *map(_choosing, corpus.facets)]


def _parameter(name: str, schema: dict) -> dict:
    return {"name": name, "in": "query", "description": MEANINGS[name], "schema": schema}


def _schema(field: forms.Field) -> dict:
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "default": field.min_value}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": [choice for choice, _ in field.choices if choice]}
    return {"type": "string"}


def _choosing(facet: Facet) -> dict:
    one = {"type": "string"}
    if facet.choices:
        one["enum"] = list(facet.choices.values)
    joint = "any of these, or all with match=all" if facet.can_match_all else "any of these"
    return {
        "name": facet.name,
        "in": "query",
        "description": f"{facet.title}: {joint}; repeat it to choose several.",
        "schema": {"type": "array", "items": one},
        "style": "form",
        "explode": True,
    }

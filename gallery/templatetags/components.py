"""Pieces of page with declared inputs, drawn as {% component "name" input=value %}.

A component is templates/components/<name>.html. Its first line declares what it takes, optional
ones with a question mark: {# inputs: label href? #}. A missing or unknown input is an error when
rendered, so a misspelling cannot leave a hole in a page. Components see their inputs, the request
and the csrf token, nothing else.
"""

import re
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

DECLARATION = re.compile(r"\{#\s*inputs:\s*(?P<names>[^#]*?)\s*#\}")


class ComponentError(Exception):
    """A component was called with other inputs than it declares."""


@register.simple_tag(takes_context=True)
def component(context, component_name, **inputs):
    file = f"components/{component_name}.html"
    source = context.template.engine.get_template(file)
    required, optional = _declared(source)
    if unknown := inputs.keys() - required - optional:
        raise ComponentError(f"{file} takes no {', '.join(sorted(unknown))}")
    if missing := required - inputs.keys():
        raise ComponentError(f"{file} needs {', '.join(sorted(missing))}")
    blank = dict.fromkeys(optional, "")
    fresh = context.new({**blank, **inputs})
    for name in ("request", "csrf_token", "user", "perms"):
        if name in context and name not in inputs:
            fresh[name] = context[name]
    return source.render(fresh)


def _declared(source) -> tuple[set[str], set[str]]:
    found = DECLARATION.match(source.source)
    if not found:
        raise ComponentError(f"{source.name} declares no inputs in its first line")
    names = found["names"].split()
    optional = {name[:-1] for name in names if name.endswith("?")}
    return {name for name in names if not name.endswith("?")}, optional


@register.simple_tag
def problems(form, formsets=()):
    """What the error summary lists: (id of the field or empty, words), in the order of the page.

    A form of a set says whose it is by its `heading`, such as "Picture 3".
    """
    found = [*_problems_of(form)]
    for formset in formsets or ():
        if hasattr(formset, "non_form_errors"):
            found += [("", error) for error in formset.non_form_errors()]
        for one in formset:
            heading = getattr(one, "heading", "")
            found += [(place, f"{heading}, {words}") for place, words in _problems_of(one)]
    return found


def _problems_of(form):
    for error in form.non_field_errors() if form.is_bound else ():
        yield "", str(error)
    for field in form if form.is_bound else ():
        for error in field.errors:
            place = "" if field.is_hidden else field.id_for_label or field.auto_id
            yield place, f"{field.label}: {error}"


@register.simple_tag
def icon(name):
    """A sign of the interface; the words beside it say the same."""
    return _use("icon", static("img/icons.svg"), f"i-{name}")


@register.simple_tag
def mark(name):
    """The plan drawing of a value; its name always stands beside it."""
    return _use("mark", static("img/marks.svg"), f"v-{name}")


@lru_cache(256)
def _use(css_class, file, symbol):
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', css_class, file, symbol
    )

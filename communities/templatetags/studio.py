from django import template
from django.utils.html import format_html

from ..queries.comments import waiting_count
from ..queries.reports import open_count
from ..services.unsaved import drawn_for

register = template.Library()


@register.simple_tag(takes_context=True)
def form_guards(context):
    """The hidden fields of every form of the studio: against forgery, and whom it was drawn for."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="drawn_for" value="{}">',
        context["csrf_token"],
        drawn_for(context["request"].user),
    )


@register.filter
def as_list(thing):
    """For a component that takes several where there is one."""
    return [thing]


@register.simple_tag
def reports_waiting() -> int:
    """For staff's pages: how many things were reported and wait. One query."""
    return open_count()


@register.simple_tag
def comments_waiting() -> int:
    """For staff's pages: how many comments wait to be read. One query."""
    return waiting_count()

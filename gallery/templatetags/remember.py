"""{% remember user.is_staff %}…{% endremember %}: drawn once for each set of inputs.

What stands between must depend on nothing but the inputs, and is kept as long as the process lives,
so it is for pieces of a few forms: the frame of every page.
"""

from django import template
from django.conf import settings

from ..stencils import drawn

register = template.Library()


class RememberNode(template.Node):
    def __init__(self, nodelist, place, inputs):
        self.nodelist, self.place, self.inputs = nodelist, place, inputs

    def render(self, context):
        if settings.DEBUG:
            return self.nodelist.render(context)
        key = (self.place, *(value.resolve(context) for value in self.inputs))
        return drawn({"": key}, lambda _: [("", self.nodelist.render(context))])[""]


@register.tag
def remember(parser, token):
    inputs = [parser.compile_filter(piece) for piece in token.split_contents()[1:]]
    nodelist = parser.parse(("endremember",))
    parser.delete_first_token()
    return RememberNode(nodelist, f"{parser.origin.template_name}:{token.lineno}", inputs)

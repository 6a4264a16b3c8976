"""What a form was drawn from, in a field that a browser cannot mix up on Back."""

from django import forms


class DrawnInput(forms.HiddenInput):
    """A hidden choice of one.

    On Back a browser puts what was typed into a page that it asked for anew. A hidden input would
    say there that the old words were typed on what is saved now, and overwrite it. A choice is put
    back as well: where the page offers another one, nothing is chosen, nothing is sent, and
    nothing sent is stale for certain.
    """

    template_name = "django/forms/widgets/drawn.html"

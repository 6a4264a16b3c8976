from django.http import HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ...forms.vocabulary import ProposalForm
from ...models import ValueProposal
from ...services.vocabulary import propose_value
from .answers import saved, status_of
from .guard import form_data, studio_view

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@studio_view
def propose(request: HttpRequest):
    """A value that is missing, and what became of those that one proposed before."""
    form = ProposalForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        propose_value(by=request.user, key=form.once, **form.changes)
        text = "Proposed. You will hear by e-mail what staff think of it."
        return saved(request, form, "studio_propose", text=text)
    mine = ValueProposal.objects.filter(proposed_by=request.user).select_related("value")
    context = {"form": form, "mine": list(mine.order_by("-pk")[:SHOWN])}
    status = status_of(request, form)
    return render(request, "communities/studio/propose.html", context, status=status)

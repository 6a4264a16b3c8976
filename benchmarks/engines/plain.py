"""The plain way: django-filter with joins, icontains on the long text, an aggregate per facet.

Over the site's own relational rows. The long text is the published version as it is stored. It
asks a little less than the others (no stems, no duration), so that it is timed and not compared.
"""

import django_filters
from django.core.paginator import Paginator
from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from accounts.models import Cohort
from benchmarks.engines import Answer
from benchmarks.workload import PAGE, Query
from communities.enums import Audience, Kind, Mode, Outcome
from communities.models import Community, Topic, Value
from gallery.text import parse

FIELDS = {
    "value": "community_values__tag__slug",
    "kind": "kind",
    "mode": "implementations__mode",
    "audience": "audience",
    "cohort": "cohort__slug",
    "outcome": "implementations__outcome",
    "topic": "community_topics__tag__slug",
    "year": "implementations__starts_on__year",
}


def _many(model, field, **options):
    return django_filters.ModelMultipleChoiceFilter(
        field_name=f"{field}__slug", to_field_name="slug", queryset=model.objects.all(), **options
    )


class DesignFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="containing")
    value = _many(Value, "community_values__tag")
    all_values = _many(Value, "community_values__tag", conjoined=True)
    topic = _many(Topic, "community_topics__tag")
    cohort = _many(Cohort, "cohort")
    kind = django_filters.MultipleChoiceFilter(choices=Kind)
    mode = django_filters.MultipleChoiceFilter(choices=Mode, method="either_mode")
    audience = django_filters.MultipleChoiceFilter(choices=Audience)
    outcome = django_filters.MultipleChoiceFilter(
        field_name="implementations__outcome", choices=Outcome
    )

    class Meta:
        model = Community
        fields = ()

    def containing(self, rows, name, q):
        rows = rows.annotate(text=Cast("published_version__snapshot", TextField()))
        for term in parse(q).terms:
            for word in term.words:
                rows = rows.filter(
                    Q(title__icontains=word) | Q(summary__icontains=word) | Q(text__icontains=word)
                )
        return rows

    def either_mode(self, rows, name, modes):
        return rows.filter(Q(mode__in=modes) | Q(implementations__mode__in=modes)).distinct()


def search(query: Query) -> Answer:
    found = _filtered(query).order_by("-catalogue_number")
    page = Paginator(found.values_list("catalogue_number", flat=True), PAGE)
    numbers = list(page.get_page(query.page))
    counts = {name: _counts(query, name) for name in FIELDS}
    return Answer(numbers, page.count, counts)


def _counts(query: Query, facet: str) -> dict[str, int]:
    rows = _filtered(query, but="" if facet == "value" and query.match == "all" else facet)
    within = Community.objects.filter(pk__in=rows.values("pk"))
    field = FIELDS[facet]
    counted = within.values_list(field).annotate(Count("pk", distinct=True)).order_by()
    return {str(choice): number for choice, number in counted if choice}


def _filtered(query: Query, but: str = ""):
    data = {name: choices for name, choices in query.chosen.items() if name != but}
    if query.match == "all" and "value" in data:
        data["all_values"] = data.pop("value")
    return DesignFilter({**data, "q": query.q}, Community.objects.published()).qs

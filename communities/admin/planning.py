"""What staff tell teams that plan: busy periods and holidays, and suggestions to take over."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from accounts.roles import StaffMayManage, is_staff

from ..models import BusyPeriod, SectionTemplate, Suggestion
from ..structure import STRUCTURES, groups_of


class BusyPeriodForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day comes before the first.")
        return cleaned


@admin.register(BusyPeriod)
class BusyPeriodAdmin(StaffMayManage, admin.ModelAdmin):
    """Teams whose days meet with one of these are told so."""

    form = BusyPeriodForm
    list_display = ("name", "kind", "starts_on", "ends_on")
    list_filter = ("kind",)
    search_fields = ("name",)
    date_hierarchy = "starts_on"

    def has_delete_permission(self, request, obj=None):
        return is_staff(request.user)


def _kinds(template: SectionTemplate) -> dict[str, str]:
    """What may be chosen as the kind of a suggestion in this section."""
    group_name, kind, *_ = STRUCTURES[template.layout].suggests
    groups = {group.name: group for group in groups_of(STRUCTURES[template.layout])}
    cell = next(cell for cell in groups[group_name].cells if cell.name == kind)
    return dict(cell.choices.choices)


class SuggestionForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        layouts = [name for name, made in STRUCTURES.items() if made.suggests]
        self.fields["template"].queryset = SectionTemplate.objects.filter(layout__in=layouts)

    def clean(self):
        cleaned = super().clean()
        template, kind = cleaned.get("template"), cleaned.get("kind")
        if template and kind and kind not in (kinds := _kinds(template)):
            raise ValidationError({"kind": f"Write one of these: {', '.join(kinds)}."})
        return cleaned


@admin.register(Suggestion)
class SuggestionAdmin(StaffMayManage, admin.ModelAdmin):
    form = SuggestionForm
    list_display = ("text", "answer", "template", "kind", "position", "is_active")
    list_editable = ("position", "is_active")
    list_filter = ("template", "is_active")
    list_select_related = ("template",)
    search_fields = ("text", "answer")
    ordering = ("template__position", "position", "pk")

    def has_delete_permission(self, request, obj=None):
        return is_staff(request.user)

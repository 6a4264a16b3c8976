from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count

from accounts.roles import StaffMayManage, is_staff

from ..enums import VocabularyAct
from ..marks import drawn_marks, painted_marks
from ..models import SectionTemplate, Topic, Value, ValueAlias, ValueQuestion
from ..services.vocabulary import record
from ..signals import announce_vocabulary
from ..tagging import slug_for


class ValueForm(forms.ModelForm):
    mark = forms.ChoiceField(
        choices=lambda: [("", "Choose a mark"), *((name, name) for name in drawn_marks())],
        help_text="A symbol of static/img/marks.svg with a paint in static/css/tokens.css.",
    )

    def clean_mark(self):
        mark = self.cleaned_data["mark"]
        if mark not in painted_marks():
            raise ValidationError(f"“{mark}” has no paint in static/css/tokens.css yet.")
        if holder := Value.objects.filter(mark=mark).exclude(pk=self.instance.pk).first():
            raise ValidationError(f"“{holder}” has this mark. Choose one that no value has.")
        return mark

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if Value.objects.filter(slug=slug_for(name)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"“{name}” is a value already.")
        alias = ValueAlias.objects.filter(slug=slug_for(name)).select_related("value").first()
        if alias and not self.instance.pk:
            raise ValidationError(f"“{name}” leads to “{alias.value}”. Take the alias out first.")
        return name


def _changes(form, formsets) -> dict[str, list[str]]:
    """What an edit changed, by the name of the field: the words before and after."""
    found = {}
    for name in form.changed_data:
        label = str(form.fields[name].label or name)
        found[label] = [str(form[name].initial or ""), str(form.cleaned_data[name])]
    for formset in formsets:
        if formset.has_changed():
            # The instances say what is saved by now.
            said = "text" if formset.model is ValueQuestion else "name"
            before = (str(one.initial.get(said, "")) for one in formset.initial_forms)
            after = formset.queryset.model.objects.filter(value=form.instance)
            label = str(formset.model._meta.verbose_name_plural)
            found[label] = [", ".join(before), ", ".join(map(str, after))]
    return found


class QuestionInline(StaffMayManage, admin.TabularInline):
    model = ValueQuestion
    extra = 1

    def has_delete_permission(self, request, obj=None):
        return is_staff(request.user)


class AliasForm(forms.ModelForm):
    class Meta:
        model = ValueAlias
        fields = ("name",)

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        slug = slug_for(name)
        if Value.objects.filter(slug=slug).exists():
            raise ValidationError(f"“{name}” is a value itself.")
        others = ValueAlias.objects.filter(slug=slug).exclude(pk=self.instance.pk)
        if other := others.select_related("value").first():
            raise ValidationError(f"“{name}” leads to “{other.value}” already.")
        self.instance.slug = slug
        return name


class AliasFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        kept = [f for f in self.forms if f not in self.deleted_forms and hasattr(f, "cleaned_data")]
        slugs = [slug_for(f.cleaned_data["name"]) for f in kept if f.cleaned_data.get("name")]
        if len(set(slugs)) < len(slugs):
            raise ValidationError("The same alias stands here twice.")
        if slug_for(self.instance.name or "") in slugs:
            raise ValidationError("An alias is another word than the value itself.")


class AliasInline(StaffMayManage, admin.TabularInline):
    model = ValueAlias
    form = AliasForm
    formset = AliasFormSet
    extra = 1

    def has_delete_permission(self, request, obj=None):
        return is_staff(request.user)


@admin.register(Value)
class ValueAdmin(StaffMayManage, admin.ModelAdmin):
    """A value that designs hold is retired, never deleted."""

    form = ValueForm
    list_display = ("name", "mark", "uses", "position", "is_retired")
    list_editable = ("position", "is_retired")
    list_filter = ("is_retired",)
    search_fields = ("name", "aliases__name")
    fields = (
        "name",
        "slug",
        "short",
        "definition",
        "not_confused_with",
        "mark",
        "drawn_as",
        "position",
        "is_retired",
    )
    # The address is made from the name once and stays: people link to it.
    readonly_fields = ("slug",)
    inlines = (QuestionInline, AliasInline)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(held=Count("community_values"))

    def save_related(self, request, form, formsets, change):
        """Last of what saving does, so that the other names are known to whoever hears of it."""
        super().save_related(request, form, formsets, change)
        changes = _changes(form, formsets)
        if changes or not change:
            act = VocabularyAct.EDITED if change else VocabularyAct.ADDED
            record(form.instance, act, by=request.user, changes=changes if change else {})
        announce_vocabulary([form.instance.slug])

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        announce_vocabulary([obj.slug])

    @admin.display(description="held by", ordering="held")
    def uses(self, value):
        return value.held

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return False
        is_used = obj.community_values.exists() or obj.insights.exists()
        return is_staff(request.user) and not is_used


@admin.register(Topic)
class TopicAdmin(StaffMayManage, admin.ModelAdmin):
    list_display = ("name", "slug", "uses")
    search_fields = ("name",)
    fields = ("name", "slug")
    readonly_fields = ("slug",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(used=Count("community_topics"))

    @admin.display(description="used by", ordering="used")
    def uses(self, topic):
        return topic.used

    def has_delete_permission(self, request, obj=None):
        return is_staff(request.user)


@admin.register(SectionTemplate)
class SectionTemplateAdmin(StaffMayManage, admin.ModelAdmin):
    """A section that teams have written in is no longer offered, never deleted."""

    list_display = ("title", "position", "layout", "is_optional", "is_active")
    list_editable = ("position", "is_optional", "is_active")
    list_filter = ("is_active", "is_optional")
    prepopulated_fields = {"key": ("title",)}
    ordering = ("position", "pk")

    def get_readonly_fields(self, request, obj=None):
        """Versions know a section by its key; what is in rows would be lost with its layout."""
        if obj is None:
            return ()
        has_rows = obj.sections.filter(structure__isnull=False).exists()
        return ("key", "layout") if has_rows else ("key",)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return False
        return is_staff(request.user) and not obj.sections.exists()

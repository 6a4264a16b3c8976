from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from accounts.roles import StaffMayManage, StaffMayRead, is_staff

from ..addresses import is_slug_taken
from ..enums import TeamRole
from ..models import Attachment, Community, OldSlug, Photo, TeamMember
from ..pages import picture_view
from ..pages.attachments import attachment_url
from ..services.attachments import hide_attachments
from ..services.corrections import correct_community, hide_photos
from ..services.editing import Stale
from ..services.team import add_teammate, take_out
from ..services.working_copy import attachment_note, photo_note

STALE = "Somebody saved this design while you had it open. Reload the page and do it again."


class NeedsStaff(admin.SimpleListFilter):
    title = "for staff to complete"
    parameter_name = "needs_staff"

    def lookups(self, request, model_admin):
        return (("yes", "Yes"), ("no", "No"))

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.exclude(needs_staff="")
        return queryset.filter(needs_staff="") if self.value() == "no" else queryset


class IsPublic(admin.SimpleListFilter):
    title = "published"
    parameter_name = "published"

    def lookups(self, request, model_admin):
        return (("yes", "Yes"), ("no", "No"))

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(published_version__isnull=self.value() == "no")


class CommunityForm(forms.ModelForm):
    is_complete = forms.BooleanField(
        label="nothing is left for staff to complete",
        required=False,
        help_text="Takes the design off the list of those that wait for staff.",
    )
    # The revision that this form was drawn from.
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Community
        fields = ("slug", "kind", "mode", "cohort")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.revision

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug != self.instance.slug and is_slug_taken(slug, but_by=self.instance):
            raise ValidationError("This address is, or once was, another design’s.")
        return slug

    def clean_seen(self):
        if self.cleaned_data["seen"] != self.instance.revision:
            raise ValidationError(STALE)
        return self.cleaned_data["seen"]


class TeamFormSet(forms.BaseInlineFormSet):
    """Writes through the services, so that the team reads who came and went, and by whom."""

    acting = None

    def clean(self):
        super().clean()
        gone = set(self.deleted_forms)
        kept = [f for f in self.forms if f not in gone and (f.instance.pk or f.has_changed())]
        roles = {f.cleaned_data.get("role") for f in kept if hasattr(f, "cleaned_data")}
        if kept and TeamRole.LEAD not in roles:
            raise ValidationError("A team needs a lead. Make one of its members the lead.")

    def save_new(self, form, commit=True):
        data = form.cleaned_data
        return add_teammate(self.instance, user=data["user"], role=data["role"], by=self.acting)

    def delete_existing(self, obj, commit=True):
        take_out(obj, by=self.acting)


class TeamInline(StaffMayManage, admin.TabularInline):
    model = TeamMember
    formset = TeamFormSet
    autocomplete_fields = ("user",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "community")

    def has_delete_permission(self, request, obj=None):
        return is_staff(request.user)


class OldSlugInline(StaffMayRead, admin.TabularInline):
    model = OldSlug
    fields = ("slug",)
    extra = 0
    verbose_name_plural = "addresses that lead here"


@admin.register(Community)
class CommunityAdmin(StaffMayManage, admin.ModelAdmin):
    """What a team wrote is the team's; staff settle address, kind, mode, cohort and people."""

    form = CommunityForm
    list_display = ("title", "kind", "mode", "cohort", "is_public", "needs_staff")
    list_filter = (NeedsStaff, IsPublic, "kind", "mode", "cohort")
    list_select_related = ("cohort",)
    search_fields = ("title", "slug", "members__user__name")
    readonly_fields = (
        "title",
        "summary",
        "source_url",
        "needs_staff",
        "catalogue_number",
        "published_at",
        "created_at",
    )
    fields = (
        "title",
        "summary",
        "source_url",
        "slug",
        "kind",
        "mode",
        "cohort",
        "needs_staff",
        "is_complete",
        "catalogue_number",
        "published_at",
        "created_at",
        "seen",
    )
    inlines = (TeamInline, OldSlugInline)

    @admin.display(boolean=True, description="published", ordering="published_version")
    def is_public(self, community):
        return community.is_published

    def has_add_permission(self, request):
        """Designs begin in the studio, or are imported."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_formset(self, request, form, formset, change):
        formset.acting = request.user
        formset.save()

    def save_model(self, request, obj, form, change):
        names = ("slug", "kind", "mode", "cohort", "is_complete")
        facts = {name: form.cleaned_data[name] for name in names}
        row, seen = Community.objects.get(pk=obj.pk), form.cleaned_data["seen"]
        try:
            correct_community(row, by=request.user, revision=seen, **facts)
        except Stale:
            messages.error(request, STALE)


@admin.register(Photo)
class PhotoAdmin(StaffMayManage, admin.ModelAdmin):
    """A hidden picture is shown to nobody but staff, in no version, until it is shown again."""

    list_display = ("__str__", "community", "kind", "consent", "is_hidden", "is_removed")
    list_filter = ("is_hidden", "consent", "kind", "is_removed")
    list_select_related = ("community",)
    search_fields = ("community__title", "caption", "alt", "credit")
    actions = ("hide", "show_again")
    fields = (
        "preview",
        "community",
        "is_hidden",
        "kind",
        "alt",
        "caption",
        "credit",
        "consent",
        "consent_holder",
        "uploaded_by",
        "created_at",
    )
    readonly_fields = tuple(name for name in fields if name != "is_hidden")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="picture")
    def preview(self, photo):
        view = picture_view(photo_note(photo))
        return format_html('<img src="{}" width="400" alt="{}">', view.src, photo.alt)

    @admin.action(description="Hide chosen pictures from everybody but staff")
    def hide(self, request, queryset):
        self._set(request, queryset, is_hidden=True)

    @admin.action(description="Show chosen pictures again")
    def show_again(self, request, queryset):
        self._set(request, queryset, is_hidden=False)

    def _set(self, request, queryset, *, is_hidden: bool):
        photos = [photo for photo in queryset if photo.is_hidden != is_hidden]
        hide_photos(photos, is_hidden=is_hidden)
        word = "hidden" if is_hidden else "shown again"
        for photo in photos:
            self.log_change(request, photo, f"{word.capitalize()}.")
        messages.success(request, f"{len(photos)} pictures {word}.")

    def save_model(self, request, obj, form, change):
        row = Photo.objects.get(pk=obj.pk)
        hide_photos([row], is_hidden=form.cleaned_data["is_hidden"])


@admin.register(Attachment)
class AttachmentAdmin(StaffMayManage, admin.ModelAdmin):
    """A hidden attachment is given to nobody but staff, in no version, until it is shown again."""

    list_display = ("__str__", "name", "community", "type", "is_hidden", "is_removed")
    list_filter = ("is_hidden", "type", "is_removed")
    list_select_related = ("community",)
    search_fields = ("community__title", "caption", "name", "sha256")
    actions = ("hide", "show_again")
    fields = (
        "download",
        "community",
        "is_hidden",
        "caption",
        "sha256",
        "uploaded_by",
        "created_at",
    )
    readonly_fields = tuple(name for name in fields if name != "is_hidden")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="file")
    def download(self, attachment):
        address = attachment_url(attachment_note(attachment))
        return format_html('<a href="{}">{}</a>', address, attachment.name)

    @admin.action(description="Hide chosen attachments from everybody but staff")
    def hide(self, request, queryset):
        hide_attachments(list(queryset), is_hidden=True)

    @admin.action(description="Show chosen attachments again")
    def show_again(self, request, queryset):
        hide_attachments(list(queryset), is_hidden=False)

    def save_model(self, request, obj, form, change):
        row = Attachment.objects.get(pk=obj.pk)
        hide_attachments([row], is_hidden=form.cleaned_data["is_hidden"])

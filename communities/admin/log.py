"""Versions, submissions and their log: to be read. Nothing here can be added, changed or lost."""

from django.contrib import admin

from accounts.roles import StaffMayRead

from ..models import Submission, SubmissionEvent, Version


@admin.register(Version)
class VersionAdmin(StaffMayRead, admin.ModelAdmin):
    list_display = ("community", "number", "reason", "note", "created_by", "created_at")
    list_filter = ("reason", "created_at")
    list_select_related = ("community", "created_by")
    search_fields = ("community__title",)
    fields = list_display
    ordering = ("-created_at", "-pk")

    def get_queryset(self, request):
        """A snapshot may be megabytes; it is read in the studio and at the review desk."""
        return super().get_queryset(request).defer("snapshot")


class EventInline(StaffMayRead, admin.TabularInline):
    model = SubmissionEvent
    fields = ("created_at", "action", "actor", "version_number", "note")
    readonly_fields = fields
    extra = 0

    def get_queryset(self, request):
        related = ("actor", "version", "submission__community")
        rows = super().get_queryset(request).select_related(*related)
        return rows.defer("version__snapshot")

    @admin.display(description="version")
    def version_number(self, event):
        return event.version.number


@admin.register(Submission)
class SubmissionAdmin(StaffMayRead, admin.ModelAdmin):
    list_display = ("community", "status", "submitted_by", "submitted_at", "changed_at")
    list_filter = ("status", "submitted_at", "community__cohort")
    list_select_related = ("community", "submitted_by")
    search_fields = ("community__title", "submitted_by__name")
    fields = list_display
    ordering = ("-changed_at", "-pk")
    inlines = (EventInline,)


@admin.register(SubmissionEvent)
class EventAdmin(StaffMayRead, admin.ModelAdmin):
    list_display = ("created_at", "actor", "action", "submission", "note")
    list_filter = ("action", "created_at")
    list_select_related = ("actor", "submission__community")
    search_fields = ("submission__community__title", "actor__name")
    fields = ("created_at", "actor", "action", "from_status", "to_status", "submission", "note")
    ordering = ("-pk",)

"""People and cohorts, for staff."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.db.models import Count

from .forms import Renaming
from .models import Cohort, Enrolment, User
from .roles import StaffMayManage, is_staff
from .services import CohortFull, enrol, fill_places, give_up_place


class NewPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError("Somebody signs in with this address already.")
        return email


class PersonForm(Renaming, UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes = {}


@admin.register(User)
class PersonAdmin(StaffMayManage, UserAdmin):
    """Addresses are changed by their owners alone, and the rights of staff by superusers."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ("name", "email", "is_staff", "is_active", "date_joined")
    list_filter = ("is_staff", "is_active", "cohorts")
    search_fields = ("name", "email")
    ordering = ("name", "pk")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return ()
        own = () if request.user.is_superuser else ("is_staff", "is_superuser")
        return ("email", "last_login", "date_joined", *own)

    def has_change_permission(self, request, obj=None):
        """Staff do not set each other's passwords."""
        if request.user.is_superuser or obj is None or obj == request.user:
            return is_staff(request.user)
        return is_staff(request.user) and not (obj.is_staff or obj.is_superuser)


class EnrolmentFormSet(forms.BaseInlineFormSet):
    """Gives places through the service, which never gives more than there are."""

    def clean(self):
        super().clean()
        capacity = self.instance.capacity
        wanted = [f for f in self.forms if f.has_changed() or f.instance.pk]
        places = len(wanted) - len([f for f in self.deleted_forms if f in wanted])
        if capacity is not None and places > capacity:
            raise ValidationError(
                f"There are {capacity} places, and this would fill {places}."
                " Raise the capacity, or take somebody out."
            )

    def save_new(self, form, commit=True):
        return enrol(form.cleaned_data["user"], cohort=self.instance)

    def delete_existing(self, obj, commit=True):
        """The freed place goes to the first who waits."""
        give_up_place(obj.user, cohort=obj.cohort)


class EnrolmentInline(StaffMayManage, admin.TabularInline):
    model = Enrolment
    formset = EnrolmentFormSet
    autocomplete_fields = ("user",)
    extra = 1
    verbose_name_plural = "people in this cohort"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "cohort")

    def has_change_permission(self, request, obj=None):
        """A place is given or taken, never handed on."""
        return False

    def has_delete_permission(self, request, obj=None):
        return is_staff(request.user)


@admin.register(Cohort)
class CohortAdmin(StaffMayManage, admin.ModelAdmin):
    list_display = ("name", "starts_on", "ends_on", "places")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (EnrolmentInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(enrolled=Count("enrolments"))

    @admin.display(description="places taken", ordering="enrolled")
    def places(self, cohort):
        return f"{cohort.enrolled} of {cohort.capacity}"

    def get_readonly_fields(self, request, obj=None):
        """Published designs and saved searches name a cohort by its slug."""
        return ("slug", "places") if obj else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def save_formset(self, request, form, formset, change):
        try:
            formset.save()
        except CohortFull:
            messages.error(request, "Somebody else gave the last place. Nobody was added.")
        fill_places(form.instance)

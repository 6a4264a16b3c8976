"""The one place that turns a request's user into a role."""

from .enums import Role


def role_of(user) -> Role:
    if not user.is_authenticated or not user.is_active:
        return Role.VISITOR
    return Role.STAFF if user.is_staff else Role.MEMBER


def is_staff(user) -> bool:
    return role_of(user) is Role.STAFF


class StaffMayManage:
    """Mixed into a ModelAdmin: staff see, add and change; only superusers delete."""

    def has_module_permission(self, request):
        return is_staff(request.user)

    def has_view_permission(self, request, obj=None):
        return is_staff(request.user)

    def has_add_permission(self, request, obj=None):
        return is_staff(request.user)

    def has_change_permission(self, request, obj=None):
        return is_staff(request.user)

    def has_delete_permission(self, request, obj=None):
        return is_staff(request.user) and request.user.is_superuser


class StaffMayRead(StaffMayManage):
    """Mixed into a ModelAdmin: nobody adds, changes or deletes here."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

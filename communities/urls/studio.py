"""A designer's workspace."""

from django.urls import path

from ..views.studio import (
    attachments,
    insights,
    inviting,
    photos,
    reflections,
    submit,
    team,
    versions,
)
from ..views.studio import implementations as runs
from ..views.studio import photo_pages as one
from ..views.studio.about import about
from ..views.studio.announcing import announcement
from ..views.studio.comparing import comparison
from ..views.studio.dashboard import dashboard, signed_in
from ..views.studio.document import document, section
from ..views.studio.notices import notices
from ..views.studio.overview import overview
from ..views.studio.propose import propose
from ..views.studio.remarks import remark
from ..views.studio.restoring import version_restore
from ..views.studio.start import start
from ..views.studio.values import values

urlpatterns = [
    path("", dashboard, name="studio"),
    path("start/", start, name="studio_start"),
    path("start/signed-in/", signed_in, name="studio_signed_in"),
    path("propose-value/", propose, name="studio_propose"),
    path("notices/", notices, name="studio_notices"),
    path("<slug:slug>/", overview, name="studio_community"),
    path("<slug:slug>/about/", about, name="studio_about"),
    path("<slug:slug>/values/", values, name="studio_values"),
    path("<slug:slug>/document/", document, name="studio_document"),
    path("<slug:slug>/document/<slug:key>/", section, name="studio_section"),
    path("<slug:slug>/photos/", photos.photos, name="studio_photos"),
    path("<slug:slug>/photos/add/", photos.photo_add, name="studio_photo_add"),
    path("<slug:slug>/photos/<int:pk>/remove/", photos.photo_remove, name="studio_photo_remove"),
    path("<slug:slug>/photos/<int:pk>/focus/", one.photo_focus, name="studio_photo_focus"),
    path("<slug:slug>/photos/<int:pk>/blur/", one.photo_blur, name="studio_photo_blur"),
    path(
        "<slug:slug>/photos/<int:pk>/agreement/",
        one.photo_agreement,
        name="studio_photo_agreement",
    ),
    path("<slug:slug>/attachments/", attachments.attachments, name="studio_attachments"),
    path("<slug:slug>/attachments/new/", attachments.attachment_new, name="studio_attachment_new"),
    path("<slug:slug>/attachments/<int:pk>/", attachments.attachment, name="studio_attachment"),
    path(
        "<slug:slug>/attachments/<int:pk>/move/",
        attachments.attachment_move,
        name="studio_attachment_move",
    ),
    path(
        "<slug:slug>/attachments/<int:pk>/remove/",
        attachments.attachment_remove,
        name="studio_attachment_remove",
    ),
    path("<slug:slug>/runs/", runs.implementations, name="studio_implementations"),
    path("<slug:slug>/runs/new/", runs.implementation_new, name="studio_implementation_new"),
    path("<slug:slug>/runs/<int:pk>/", runs.implementation, name="studio_implementation"),
    path("<slug:slug>/runs/<int:pk>/announce/", announcement, name="studio_announcement"),
    path(
        "<slug:slug>/runs/<int:pk>/remove/",
        runs.implementation_remove,
        name="studio_implementation_remove",
    ),
    path("<slug:slug>/reflections/", reflections.reflections, name="studio_reflections"),
    path("<slug:slug>/reflections/new/", reflections.reflection_new, name="studio_reflection_new"),
    path("<slug:slug>/reflections/<int:pk>/", reflections.reflection, name="studio_reflection"),
    path(
        "<slug:slug>/reflections/<int:pk>/remove/",
        reflections.reflection_remove,
        name="studio_reflection_remove",
    ),
    path("<slug:slug>/insights/", insights.insights, name="studio_insights"),
    path("<slug:slug>/insights/new/", insights.insight_new, name="studio_insight_new"),
    path("<slug:slug>/insights/<int:pk>/", insights.insight, name="studio_insight"),
    path(
        "<slug:slug>/insights/<int:pk>/remove/",
        insights.insight_remove,
        name="studio_insight_remove",
    ),
    path("<slug:slug>/team/", team.team, name="studio_team"),
    path("<slug:slug>/team/leave/", team.leave, name="studio_team_leave"),
    path("<slug:slug>/team/invite/", inviting.invite, name="studio_team_invite"),
    path("<slug:slug>/team/<int:pk>/remove/", team.remove, name="studio_team_remove"),
    path(
        "<slug:slug>/team/invitations/<int:pk>/revoke/",
        inviting.invitation_revoke,
        name="studio_invitation_revoke",
    ),
    path(
        "<slug:slug>/team/invitations/<int:pk>/again/",
        inviting.invitation_again,
        name="studio_invitation_again",
    ),
    path("<slug:slug>/preview/", versions.preview, name="studio_preview"),
    path("<slug:slug>/export.json", versions.export_json, name="studio_export_json"),
    path("<slug:slug>/export.md", versions.export_markdown, name="studio_export_markdown"),
    path("<slug:slug>/submit/", submit.submit, name="studio_submit"),
    path("<slug:slug>/remarks/<int:pk>/", remark, name="studio_remark"),
    path("<slug:slug>/withdraw/", submit.withdraw, name="studio_withdraw"),
    path("<slug:slug>/versions/", versions.versions, name="studio_versions"),
    path("<slug:slug>/versions/compare/", comparison, name="studio_compare"),
    path("<slug:slug>/versions/<int:number>/", versions.version, name="studio_version"),
    path(
        "<slug:slug>/versions/<int:number>/restore/",
        version_restore,
        name="studio_version_restore",
    ),
]

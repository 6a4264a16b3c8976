"""The root of all addresses; docs/architecture.md lists what they promise."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from . import feeds
from .corpora import INSIGHTS
from .views import (
    attachments,
    designs,
    insights,
    people,
    pictures,
    search,
    sections,
    site,
    specimen,
    values,
)

handler404 = "gallery.views.errors.not_found"
handler500 = "gallery.views.errors.server_error"

# One door: the admin's own would pass by the second step and the limits on guessing.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", search.home, name="home"),
    path("designs/", search.designs, name="designs"),
    path("designs/suggest", search.suggest, name="suggest"),
    path("designs/feed.atom", feeds.atom, name="designs_feed"),
    path("designs/<slug:slug>/", designs.design, name="design"),
    path("designs/<slug:slug>/pictures/<str:key>/", designs.picture, name="design_picture"),
    path("designs/<slug:slug>/document/", designs.document, name="design_document"),
    path("designs/<slug:slug>/lineage/", designs.lineage, name="design_lineage"),
    path("designs/<slug:slug>/cite/", designs.cite, name="design_cite"),
    path("designs/<slug:slug>/export.json", designs.export_json, name="design_export_json"),
    path("designs/<slug:slug>/export.md", designs.export_markdown, name="design_export_markdown"),
    path("people/<slug:handle>/", people.person, name="person"),
    path("sections/<slug:key>/", sections.section, name="section"),
    path("values/", values.values, name="values"),
    path("values/<slug:slug>/", values.value, name="value"),
    path("insights/", insights.insights, name="insights"),
    path("insights/beside", insights.beside, name="insights_beside"),
    path("insights/suggest", search.suggest, {"corpus": INSIGHTS}, name="insights_suggest"),
    path("pictures/<str:key>/<str:name>", pictures.picture, name="picture"),
    path("attachments/<str:key>/<str:name>", attachments.attachment, name="attachment"),
    path("specimen/", specimen.specimen_sheet, name="specimen"),
    path("theme/", site.theme, name="theme"),
    path("feed.atom", feeds.atom, name="feed"),
    path("api/v1/", include("gallery.api.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": feeds.SITEMAPS}, name="sitemap"),
    path("robots.txt", site.robots, name="robots"),
    path(".well-known/security.txt", site.security_txt, name="security_txt"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
    path("accounts/", include("communities.urls.people")),
    path("accounts/", include("accounts.urls")),
    path("invitations/", include("communities.urls.invitations")),
    path("studio/", include("communities.urls.studio")),
    path("", include("communities.urls.public")),
    path("review/", include("communities.urls.review")),
    path("admin/", admin.site.urls),
]

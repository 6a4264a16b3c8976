"""What people without an account do: report something, take consent back."""

from django.urls import path

from ..views.public import consent, report

urlpatterns = [
    path("report/thanks/", report.thanks, name="report_thanks"),
    path("report/<slug:kind>/<slug:key>/", report.report, name="report"),
    path("consent/<str:token>/", consent.consent, name="consent"),
]

"""What people without an account do: report something, take consent back."""

from django.urls import path

from ..views.public import comments, consent, report

urlpatterns = [
    path("designs/<slug:slug>/comments/", comments.comments, name="design_comments"),
    path(
        "designs/<slug:slug>/comments/switch/",
        comments.switch,
        name="design_comments_switch",
    ),
    path(
        "designs/<slug:slug>/comments/<int:pk>/answer/",
        comments.answer,
        name="design_comment_answer",
    ),
    path(
        "designs/<slug:slug>/comments/<int:pk>/take-back/",
        comments.take_back,
        name="design_comment_take_back",
    ),
    path("report/thanks/", report.thanks, name="report_thanks"),
    path("report/<slug:kind>/<slug:key>/", report.report, name="report"),
    path("consent/<str:token>/", consent.consent, name="consent"),
]

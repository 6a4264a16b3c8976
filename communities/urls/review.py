"""Where staff read and decide."""

from django.urls import path

from ..enums import Action
from ..views import review
from ..views.erasing import erase_person
from ..views.review import cohorts, comments, imports, people, vocabulary

urlpatterns = [
    path("", review.queue, name="review"),
    path("erase/", erase_person, name="review_erase"),
    path("log.csv", review.log, {"kind": "csv"}, name="review_log_csv"),
    path("log.json", review.log, {"kind": "json"}, name="review_log_json"),
    path("assign/", review.assign, name="review_assign"),
    path("vocabulary/", vocabulary.vocabulary, name="review_vocabulary"),
    path("vocabulary/proposals/<int:pk>/", vocabulary.proposal, name="review_proposal"),
    path("vocabulary/value/<slug:slug>/retire/", vocabulary.retire, name="review_retire"),
    path("vocabulary/<str:kind>/<slug:slug>/", vocabulary.word, name="review_word"),
    path("vocabulary/<str:kind>/<slug:slug>/merge/", vocabulary.merge, name="review_merge"),
    path("comments/", comments.comments, name="review_comments"),
    path("reports/", review.reports, name="reports"),
    path("reports/<int:pk>/", review.report, name="report_decide"),
    path("suspensions/<int:pk>/", review.suspension, name="suspension"),
    path("<int:pk>/", review.submission, name="review_submission"),
    path("<int:pk>/page/", review.page, name="review_page"),
    path("<int:pk>/decide/", review.decide, name="review_decide"),
    path("<int:pk>/take/", review.take, name="review_take"),
    path("<int:pk>/undo/", review.undo, name="review_undo"),
    path("<int:pk>/note/", review.note, name="review_note"),
    path("<int:pk>/remarks/", review.remark, name="review_remark"),
    path("<int:pk>/remarks/<int:remark>/", review.remark_change, name="review_remark_change"),
    path(
        "<int:pk>/unpublish/",
        review.confirm,
        {"action": Action.UNPUBLISH},
        name="review_unpublish",
    ),
    path(
        "<int:pk>/publish-again/",
        review.confirm,
        {"action": Action.RESTORE},
        name="review_restore",
    ),
    path("cohorts/", cohorts.cohorts, name="review_cohorts"),
    path("cohorts/new/", cohorts.cohort_new, name="review_cohort_new"),
    path("cohorts/<slug:slug>/", cohorts.cohort, name="review_cohort"),
    path("cohorts/<slug:slug>/teams/", cohorts.teams, name="review_cohort_teams"),
    path("cohorts/<slug:slug>/edit/", cohorts.cohort_edit, name="review_cohort_edit"),
    path("cohorts/<slug:slug>/invite/", people.cohort_invite, name="review_cohort_invite"),
    path("cohorts/<slug:slug>/code/", people.cohort_code, name="review_cohort_code"),
    path(
        "cohorts/<slug:slug>/invitations/<int:pk>/revoke/",
        people.cohort_revoke,
        name="review_cohort_revoke",
    ),
    path("cohorts/<slug:slug>/people/<int:pk>/", people.cohort_person, name="review_cohort_person"),
    path("cohorts/<slug:slug>/roster.csv", people.roster, name="review_cohort_roster"),
    path("import/", imports.imports, name="review_imports"),
    path("import/<int:pk>/", imports.design_import, name="review_import"),
    path("import/<int:pk>/undo/", imports.import_undo, name="review_import_undo"),
]

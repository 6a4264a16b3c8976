"""Where staff read and decide."""

from django.urls import path

from ..enums import Action
from ..views import review
from ..views.review import vocabulary

urlpatterns = [
    path("", review.queue, name="review"),
    path("vocabulary/", vocabulary.vocabulary, name="review_vocabulary"),
    path("vocabulary/proposals/<int:pk>/", vocabulary.proposal, name="review_proposal"),
    path("vocabulary/value/<slug:slug>/retire/", vocabulary.retire, name="review_retire"),
    path("vocabulary/<str:kind>/<slug:slug>/", vocabulary.word, name="review_word"),
    path("vocabulary/<str:kind>/<slug:slug>/merge/", vocabulary.merge, name="review_merge"),
    path("<int:pk>/", review.submission, name="review_submission"),
    path("<int:pk>/page/", review.page, name="review_page"),
    path("<int:pk>/decide/", review.decide, name="review_decide"),
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
]

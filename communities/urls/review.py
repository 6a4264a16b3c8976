"""Where staff read and decide."""

from django.urls import path

from ..enums import Action
from ..views import review

urlpatterns = [
    path("", review.queue, name="review"),
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

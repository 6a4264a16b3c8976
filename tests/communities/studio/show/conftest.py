import pytest
from django.urls import reverse

from tests import factories


@pytest.fixture
def design(cast):
    """A draft by author and teammate that lacks nothing."""
    made = factories.community(cast.author, "Bench Swap")
    return factories.team(cast.teammate, made=made)


@pytest.fixture
def at(design):
    """at("studio_photos") is that page's address for the design."""
    return lambda name, *args: reverse(name, args=[design.slug, *args])

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import factories


@pytest.fixture
def people(cast):
    """Everybody who may stand before a submission, by what they are to it."""
    return {
        "author": cast.author,
        "teammate": cast.teammate,
        "staff_in_team": factories.person("Ines B.", is_staff=True),
        "staff": cast.staff,
        "superuser": factories.person("Root R.", is_staff=True, is_superuser=True),
        "classmate": cast.classmate,
        "former_staff": factories.person("Gone G.", is_staff=True, is_active=False),
        "visitor": AnonymousUser(),
    }

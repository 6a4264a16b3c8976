import pytest


@pytest.fixture
def desk(cast, sign_in):
    return sign_in(cast.staff)

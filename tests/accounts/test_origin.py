"""An address counts once for each subscriber, and nobody chooses theirs with a header."""

import ast

import pytest
from allauth.core.internal.ratelimit import get_ip
from django.test import RequestFactory

from accounts.origin import address_of
from tests.architecture.source import APPS, place_of, python_files, tree_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "", "192.0.2.7", "192.0.2.7"),
        (0, "198.51.100.1", "192.0.2.7", "192.0.2.7"),
        (1, "6.6.6.6, 198.51.100.1", "192.0.2.7", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 192.0.2.1", "192.0.2.7", "198.51.100.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (0, "", "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        (1, "2001:db8:1:3::9", "192.0.2.7", "2001:db8:1:3::"),
    ],
)
def test_who_sends_it(settings, proxies, forwarded, remote, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    assert address_of(request) == address
    # By the same address as the limits of sign-in.
    assert get_ip(request) == address


def test_nothing_else_looks_where_a_form_comes_from():
    words = {"get_ip", "get_client_ip", "REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "x-forwarded-for"}
    found = {
        place_of(file)
        for file in python_files(*APPS)
        for node in ast.walk(tree_of(file))
        if words & _words_of(node)
    }
    assert found == {"accounts/origin.py"}


def _words_of(node: ast.AST) -> set[str]:
    found = (getattr(node, name, None) for name in ("id", "attr", "value", "name"))
    return {word for word in found if isinstance(word, str)}

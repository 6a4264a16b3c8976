"""An address counts once for each subscriber, and nobody chooses theirs with a header."""

import pytest
from allauth.core.internal.ratelimit import get_ip
from django.test import RequestFactory

from accounts.origin import address_of


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

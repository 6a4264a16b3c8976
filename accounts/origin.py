"""From which address a form comes, behind a proxy where the operator says so."""

import ipaddress

from allauth.account.adapter import get_adapter

# What one subscriber of IPv6 is given, and changes within at will.
SUBSCRIBER = 64


def address_of(request) -> str:
    """One for each subscriber; the same that the limits of sign-in count by."""
    told = get_adapter().get_client_ip(request)
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    if address.version == 4:
        return told
    return str(ipaddress.ip_network(f"{address}/{SUBSCRIBER}", strict=False).network_address)

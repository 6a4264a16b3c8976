from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from .queries import appeals_address

WRONG_CODE = "This code is not right. Check it, or ask for a new one."
WAIT = "Too many attempts. Wait, five minutes at most, then try again."


class AccountAdapter(DefaultAccountAdapter):
    """How accounts behave: lower-case addresses, a name from the start, no way off the site."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed for now.",
        "duplicate_email": "This is your address already.",
        "email_password_mismatch": "Address and password do not belong together. Check both.",
        "email_taken": "This address cannot be used. Choose another.",
        "enter_current_password": "This is not your current password.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": WAIT,
        "rate_limited": "That was quick. Wait a moment, then try again.",
    }

    def clean_email(self, email):
        return super().clean_email(email).lower()

    def save_user(self, request, user, form, commit=True):
        user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)

    def is_safe_url(self, url):
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def respond_user_inactive(self, request, user):
        """Whoever proved who they are is told why their account is closed, and how to appeal."""
        suspension = user.suspensions.filter(lifted_at=None).first()
        if suspension is None:
            return super().respond_user_inactive(request, user)
        context = {"suspension": suspension, "appeals": appeals_address()}
        return render(request, "account/account_inactive.html", context, status=403)

    def send_mail(self, template_prefix, email, context):
        super().send_mail(template_prefix, email, {"site_name": settings.SITE_NAME, **context})


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right. It may have changed while you typed.",
        "unverified_email": "Confirm your e-mail address first.",
    }

    def build_totp_svg(self, url):
        """The picture for the page itself: without the XML declaration of a file."""
        return super().build_totp_svg(url).partition("?>")[2].strip()

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"

    def _get_site_name(self):
        return settings.SITE_NAME


def display_name(user) -> str:
    return str(user)

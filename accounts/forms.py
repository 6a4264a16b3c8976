"""The forms of sign-up and sign-in: allauth's, in our words and with a bound on every field."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from .credentials import CredentialField, read
from .models import User
from .spam import SIGN_UP, Guarded, sender_of, take

PASSWORD_ADVICE = "At least 10 characters. A short sentence works well."  # noqa: S105
MANY_ACCOUNTS = (
    "Very many accounts were asked for in the last hour, for this address or from your network."
    " Wait a while, then type your password again and send it."
)
TOO_LONG = "Use at most %(limit_value)d characters."
LIMITS = {"email": 254, "login": 254, "code": 100, "name": 80}
LONGEST_PASSWORD = 1_000
LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "password": "Password",
    "oldpassword": "Current password",
    "code": "Code",
}


class PlainField:
    """Mixed into allauth's forms: our labels, no placeholders, and nothing without a limit."""

    code_hint = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The new password is typed once: who mistypes it asks for a code by e-mail.
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            limit = LIMITS.get(name, LONGEST_PASSWORD)
            if not isinstance(field, forms.BooleanField | forms.JSONField):
                field.validators.append(MaxLengthValidator(limit, TOO_LONG))
        self._explain()

    def _explain(self):
        if "code" in self.fields:
            code = self.fields["code"]
            code.help_text = self.code_hint
            code.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}
            code.widget.attrs["class"] = "input short"
        for name in ("password", "oldpassword"):
            if name in self.fields:
                self.fields[name].help_text = ""
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_ADVICE


class SixDigits:
    code_hint = "The six digits your app shows now. One of your recovery codes works as well."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off"}


class Renaming(forms.ModelForm):
    """A form of a person that keeps the name they had until now."""

    def save(self, commit=True):
        before = self.initial.get("name")
        if "name" in self.changed_data and before:
            self.instance.former_names = [*self.instance.former_names, before]
        return super().save(commit)


class NameForm(Renaming):
    """What other people read beside one's designs."""

    class Meta:
        model = User
        fields = ["name"]
        labels = {"name": "Your name"}
        help_texts = {
            "name": "As it should stand beside your designs. It need not be your full or real name."
        }
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "nickname"})}


class LettersForm(forms.Form):
    """The kinds of letters that somebody may get; those that are ticked are sent."""

    # Without a tick nothing else of the form is sent.
    is_sent = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def __init__(self, data=None, *, kinds, unwanted: set[str]):
        super().__init__(data)
        self.kinds = kinds
        for kind in kinds:
            self.fields[kind.key] = forms.BooleanField(
                required=False,
                label=kind.label,
                help_text=kind.hint,
                initial=kind.key not in unwanted,
            )

    @property
    def wanted(self) -> set[str]:
        return {kind.key for kind in self.kinds if self.cleaned_data[kind.key]}


class SignUpForm(Guarded, PlainField, account.SignupForm):
    # A password would have to be typed again: who is quick gets the narrow limit instead.
    asks_again = False
    name = forms.CharField(
        max_length=80,
        label="Your name",
        help_text="As it should stand beside your designs. It need not be your full or real name.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["name", "email", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "Password"

    def clean(self):
        """A form that is right is counted, so that nobody makes very many accounts or letters."""
        cleaned = super().clean()
        if self.errors or self.is_trapped:
            return cleaned
        sender, email = sender_of(context.request), cleaned["email"]
        if not take(SIGN_UP, sender, about=email, is_doubtful=self.is_doubtful):
            self.add_error(None, ValidationError(MANY_ACCOUNTS, code="rate_limited"))
        return cleaned

    def try_save(self, request):
        if self.is_trapped:
            # Quietly, as if a letter were on its way.
            return None, get_adapter().respond_email_verification_sent(request, None)
        if self.account_already_exists:
            # As much work as a new account costs, so that the clock does not tell one from other.
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class SignInForm(PlainField, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class NewPassword(PlainField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "New password"


class ChangePasswordForm(NewPassword, account.ChangePasswordForm):
    pass


class SetPasswordForm(NewPassword, account.SetPasswordForm):
    pass


class CompleteResetForm(NewPassword, account.ResetPasswordKeyForm):
    pass


class RequestResetForm(PlainField, account.ResetPasswordForm):
    pass


class RequestCodeForm(PlainField, account.RequestLoginCodeForm):
    pass


class ChangeAddressForm(PlainField, account.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New e-mail address"


class AddressCodeForm(PlainField, account.ConfirmEmailVerificationCodeForm):
    pass


class SignInCodeForm(PlainField, account.ConfirmLoginCodeForm):
    pass


class ResetCodeForm(PlainField, account.ConfirmPasswordResetCodeForm):
    pass


class ConfirmPasswordForm(PlainField, account.ReauthenticateForm):
    pass


class SecondStepForm(SixDigits, PlainField, mfa.AuthenticateForm):
    pass


class ConfirmSecondStepForm(SixDigits, PlainField, mfa.ReauthenticateForm):
    pass


class ActivateAppForm(SixDigits, PlainField, totp.ActivateTOTPForm):
    code_hint = "The six digits your app shows now."


class PasskeyName(PlainField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label = "Name"
        name.help_text = "So that you can tell it from others: “my phone”, “the blue key”."


class AddPasskeyForm(PasskeyName, webauthn.AddWebAuthnForm):
    credential = CredentialField()
    passwordless = forms.BooleanField(
        label="Let it sign me in without a password",
        help_text="Needs a device that asks for a fingerprint, a face or a PIN.",
        required=False,
        initial=True,
    )

    def clean(self):
        return read(super().clean)


class RenamePasskeyForm(PasskeyName, webauthn.EditWebAuthnForm):
    pass


class UsedPasskey:
    """Mixed into the forms that receive a passkey's answer."""

    def clean_credential(self):
        return read(super().clean_credential)


class PasskeySignInForm(UsedPasskey, webauthn.LoginWebAuthnForm):
    credential = CredentialField()


class PasskeySecondStepForm(UsedPasskey, webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()


class ConfirmPasskeyForm(UsedPasskey, webauthn.ReauthenticateWebAuthnForm):
    credential = CredentialField()

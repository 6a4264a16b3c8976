"""Which of our forms stand in for those of allauth, by its names. Read by the settings alone."""

ACCOUNT_FORMS = {
    "add_email": "accounts.forms.ChangeAddressForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.forms.AddressCodeForm",
    "confirm_login_code": "accounts.forms.SignInCodeForm",
    "confirm_password_reset_code": "accounts.forms.ResetCodeForm",
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
    "request_login_code": "accounts.forms.RequestCodeForm",
    "reset_password": "accounts.forms.RequestResetForm",
    "reset_password_from_key": "accounts.forms.CompleteResetForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "signup": "accounts.forms.SignUpForm",
}

MFA_FORMS = {
    "activate_totp": "accounts.forms.ActivateAppForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "authenticate": "accounts.forms.SecondStepForm",
    "authenticate_webauthn": "accounts.forms.PasskeySecondStepForm",
    "edit_webauthn": "accounts.forms.RenamePasskeyForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "reauthenticate": "accounts.forms.ConfirmSecondStepForm",
    "reauthenticate_webauthn": "accounts.forms.ConfirmPasskeyForm",
}

"""Settings that cannot work stop the process with a hint."""

import importlib.util
import os

from django.conf import settings
from django.core.checks import Error, Tags, register

from .answers import LIMITS


@register(Tags.security)
def var_dir_is_writable(app_configs, **kwargs):
    folders = (settings.VAR_DIR, settings.FILE_UPLOAD_TEMP_DIR)
    return [
        Error(
            f"{folder} cannot be written.",
            hint="Give the server's user write access, or set VAR_DIR to a folder it owns.",
            id="gallery.E001",
        )
        for folder in folders
        if not os.access(folder, os.W_OK)
    ]


@register(Tags.security, deploy=True)
def public_site_can_send_letters(app_configs, **kwargs):
    if settings.IS_PUBLIC and settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return [
            Error(
                "A public site must be able to send e-mail: sign-up needs a typed code.",
                hint="Set EMAIL_URL, for example submission://name:password@mail.example.org:587",
                id="gallery.E002",
            )
        ]
    return []


@register(Tags.security)
def limits_are_numbers_from_nought(app_configs, **kwargs):
    return [
        Error(
            f"{name} is {getattr(settings, name)}, which lets nobody in.",
            hint="Give how often one address may ask in a minute, or 0 for no limit.",
            id="gallery.E003",
        )
        for name in LIMITS.values()
        if getattr(settings, name) < 0
    ]


@register(Tags.security)
def storage_in_s3_is_installed(app_configs, **kwargs):
    if settings.S3_BUCKET and importlib.util.find_spec("storages") is None:
        return [
            Error(
                "S3_BUCKET is set, but what speaks to S3 is not installed.",
                hint="Run: pip install --no-deps --require-hashes -r requirements/s3.txt",
                id="gallery.E004",
            )
        ]
    return []

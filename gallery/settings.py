"""All settings, read from the environment in this one place.

Every variable is described in docs/guides/operator.md. A value that cannot work stops the process
with a hint (gallery/checks.py).
"""

from pathlib import Path

import environs
from csp.constants import NONE, SELF
from dj_database_url import parse as parse_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from accounts.form_names import ACCOUNT_FORMS, MFA_FORMS  # noqa: F401  read by allauth
from gallery.logs import to_console

env = environs.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var").resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- The site ---------------------------------------------------------------------------------
SITE_NAME = env.str("SITE_NAME", "Gatherings")
REVIEW_PROMISE_DAYS = env.int("REVIEW_PROMISE_DAYS", 5)
REVIEW_UNDO_MINUTES = env.int("REVIEW_UNDO_MINUTES", 10)
REVIEW_CLAIM_HOURS = env.int("REVIEW_CLAIM_HOURS", 24)
SOURCE_CODE_URL = env.str("SOURCE_CODE_URL", "")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")

DEBUG = env.bool("DEBUG", False)
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", LOCAL_HOSTS)
IS_PUBLIC = any(host not in LOCAL_HOSTS for host in ALLOWED_HOSTS)
HTTPS = env.bool("HTTPS", IS_PUBLIC)
# For links in letters, which no visitor's address can tell.
SITE_URL = env.str("SITE_URL", "").rstrip("/")
if not SITE_URL:
    _host = ALLOWED_HOSTS[0].lstrip(".*") if ALLOWED_HOSTS else "localhost"
    SITE_URL = f"https://{_host}" if HTTPS else f"http://{_host}:{env.str('PORT', '8000')}"
ROOT_URLCONF = "gallery.urls"
WSGI_APPLICATION = "gallery.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _secret_key():
    """The key from the environment, or on a local machine one generated once into var/."""
    if key := env.str("SECRET_KEY", ""):
        return key
    if IS_PUBLIC:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS names a public host, so SECRET_KEY must be set. Make one with:"
            " python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])

# --- Rooms ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts",
    "communities",
    "gallery",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_filters",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "gallery.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gallery.middleware.bounded_query",
    "gallery.shared_pages.kept_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "gallery.middleware.BoundedForm",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gallery.middleware.private_when_signed_in",
    "accounts.middleware.honest_status",
    "accounts.middleware.staff_rooms",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gallery.context.site",
                "accounts.context.second_factor",
            ],
            "builtins": ["gallery.templatetags.components"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    # While a connection is made; how it waits later is in gallery/turns.py.
    "timeout": 20,
    # FULL: an essay that was acknowledged must survive a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
}
# Compiling a query takes longer than any of ours.
POSTGRES_OPTIONS = {"options": "-c statement_timeout=15000 -c lock_timeout=10000 -c jit=off"}


def _database():
    url = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'gallery.sqlite3'}")
    database = parse_database_url(url, conn_max_age=None, conn_health_checks=True)
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    options = SQLITE_OPTIONS if is_sqlite else POSTGRES_OPTIONS
    database["OPTIONS"] = {**options, **database.get("OPTIONS", {})}
    if is_sqlite:
        # A file, not memory: the browser tests read it from the server's thread.
        database["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
    return database


DATABASES = {"default": _database()}


def _in_this_process(name, *, entries):
    """A cache in the memory of each process."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"BACKEND": backend, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": entries}}


CACHES = {
    # Shared by all workers of one host, because the sign-in limits live in it.
    "default": env.dj_cache_url("CACHE_URL", f"file://{VAR_DIR / 'cache'}"),
    # How often programs ask (gallery/answers.py).
    "counts": _in_this_process("counts", entries=10_000),
    # Pages as every visitor gets them (gallery/shared_pages.py), some 60 kB each.
    "pages": _in_this_process("pages", entries=400),
}

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Pictures are never served from a plain folder: gallery answers each with a check (no MEDIA_URL).
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
# Private in either place: the application alone reads and answers them.
S3_BUCKET = env.str("S3_BUCKET", "")
S3 = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env.str("S3_ENDPOINT", "") or None,
        "region_name": env.str("S3_REGION", "") or None,
        "access_key": env.str("S3_ACCESS_KEY", "") or None,
        "secret_key": env.str("S3_SECRET_KEY", "") or None,
        "location": env.str("S3_FOLDER", ""),
        "default_acl": None,
        "file_overwrite": False,
    },
}
LOCAL_FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES = {
    "default": S3 if S3_BUCKET else LOCAL_FILES,
    "staticfiles": {"BACKEND": "gallery.staticfiles.BundledStaticStorage"},
}
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "tmp"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "gallery.uploads.RoomlessFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
PHOTO_MAX_BYTES = env.int("PHOTO_MAX_BYTES", 25 * 1024 * 1024)
PHOTO_MAX_PIXELS = env.int("PHOTO_MAX_PIXELS", 50_000_000)
PHOTOS_PER_COMMUNITY = env.int("PHOTOS_PER_COMMUNITY", 40)
PHOTOS_PER_PERSON = env.int("PHOTOS_PER_PERSON", 400)
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_BYTES", 20 * 1024 * 1024)
ATTACHMENTS_PER_COMMUNITY = env.int("ATTACHMENTS_PER_COMMUNITY", 12)
ATTACHMENTS_PER_PERSON = env.int("ATTACHMENTS_PER_PERSON", 60)

# Within the request that asks for it, or by `manage.py db_worker`.
TASKS_BY = env.str("TASKS_BY", "immediate")
TASK_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
if TASKS_BY not in TASK_BACKENDS:
    raise ImproperlyConfigured("TASKS_BY is neither immediate nor database.")
TASKS = {"default": {"BACKEND": TASK_BACKENDS[TASKS_BY]}}

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "studio"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.adapter.display_name"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Letters of schools are slow; the code is long enough to stand this long.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
# Narrow for one account and wide for one address: a school shares one.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "signup": "60/m/ip",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# One step either way, for clocks that differ and for slow typing.
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
# Staff are asked for a second step; where this is set, review desk and admin wait for it.
REQUIRE_STAFF_MFA = env.bool("REQUIRE_STAFF_MFA", IS_PUBLIC)
STAFF_PATHS = ("/review/", "/admin/")

# --- Reports and comments ---------------------------------------------------------------------
# So many independent reports hide something, but a design, until staff decide; 0 is never.
REPORTS_BEFORE_HIDING = env.int("REPORTS_BEFORE_HIDING", 3)
# How often one address may do so in an hour. A school shares one (accounts/spam.py).
REPORTS_PER_HOUR = env.int("REPORTS_PER_HOUR", 20)
COMMENTS_PER_HOUR = env.int("COMMENTS_PER_HOUR", 10)
SIGN_UPS_PER_HOUR = env.int("SIGN_UPS_PER_HOUR", 80)
COMMENTS = env.bool("COMMENTS", True)
# Where people write who disagree with a decision; the sender of letters where it is empty.
APPEALS_ADDRESS = env.str("APPEALS_ADDRESS", "")

# --- Letters ----------------------------------------------------------------------------------
# Without EMAIL_URL letters, and with them the codes for sign-up, appear in the server's terminal.
EMAIL = env.dj_email_url("EMAIL_URL", "console:")
if "EMAIL_BACKEND" not in EMAIL:
    raise ImproperlyConfigured(
        "EMAIL_URL begins with none of submission:, smtp:, console: and file:. For example:"
        " submission://name:password@mail.example.org:587"
    )
vars().update(EMAIL)
# A mail server that does not answer must not hold up the page that writes to it.
EMAIL_TIMEOUT = EMAIL["EMAIL_TIMEOUT"] or 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Gatherings <gallery@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Programs -----------------------------------------------------------------------------------
# How often one address may ask in a minute; 0 is without limit.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 120)
FEED_REQUESTS_PER_MINUTE = env.int("FEED_REQUESTS_PER_MINUTE", 60)

# --- Words ------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True
TAGGIT_CASE_INSENSITIVE = True

# --- Safety -----------------------------------------------------------------------------------
OWN = "script-src style-src img-src font-src connect-src manifest-src form-action".split()
NOBODY = "default-src base-uri frame-ancestors object-src".split()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {key: [NONE] for key in NOBODY} | {key: [SELF] for key in OWN}
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
# What browsers are told to reach by HTTPS only, for a year: nobody can take that back, so that
# more than this host is the operator's own choice.
HSTS = env.str("HSTS", "host")
if HSTS not in ("off", "host", "subdomains", "preload"):
    raise ImproperlyConfigured("HSTS is none of off, host, subdomains and preload.")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS and HSTS != "off" else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS in ("subdomains", "preload")
SECURE_HSTS_PRELOAD = HSTS == "preload"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # ask for both of them
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The limits of sign-in count visitors, not the proxy.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
CSRF_FAILURE_VIEW = "gallery.views.errors.csrf_failure"

LOGGING = to_console(env.str("LOG_LEVEL", "INFO"))

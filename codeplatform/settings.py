"""All settings. Whatever differs from place to place comes from the environment; the safe value is the default."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from codeplatform import env

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_env_file(BASE_DIR / ".env")

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY")
# Earlier ones, for as long as sessions last that began with them.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
HTTPS = env.flag("HTTPS", default=True)
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var")))

# Applications

INSTALLED_APPS = [
    "accounts",
    "schools",
    "projects",
    "exercises",
    "assessment",
    "frontend",
    "schools.admin_config.SchoolsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "codeplatform",
]

MIDDLEWARE = [
    # These two first, so that the redirect to https too has its number, its line in the log and its headers
    "codeplatform.insight.requests.RequestMiddleware",
    "codeplatform.middleware.IsolationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "codeplatform.static_files.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "codeplatform.middleware.OwnOriginMiddleware",
    "codeplatform.middleware.BodySizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "codeplatform.sign_in.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "codeplatform.urls"
WSGI_APPLICATION = "codeplatform.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database

_database: dict[str, Any] = env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'codeplatform.sqlite3'}")
_database["ATOMIC_REQUESTS"] = False
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # A transaction that begins as a reader and then writes fails at once when another writer is at work;
    # one that begins as a writer waits its turn (https://www.sqlite.org/lang_transaction.html).
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
    # Seconds and milliseconds until a server that does not answer counts as away (codeplatform.outages has the rest).
    _database["OPTIONS"] = {"connect_timeout": 4, "tcp_user_timeout": 8000} | _database.get("OPTIONS", {})
# Connecting takes longer than a save: to SQLite too, which reads the whole schema each time.
_database["CONN_MAX_AGE"] = 600
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sessions

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "frontend:home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
PASSWORD_HASHERS = [
    "accounts.hashers.SchoolArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.passwords.SchoolPasswordValidator"}]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.SchoolBackend"]
# The brake on guessing is our own (accounts.brake). Axes calls it, and keeps nothing: its tables would show names and
# addresses of all schools.
AXES_HANDLER = "accounts.axes_handler.SignInBrake"
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.client_address"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Wrong passwords an hour from one network address before accounts that are under attack must wait.
SIGN_IN_FAILURES_PER_ADDRESS = env.number("SIGN_IN_FAILURES_PER_ADDRESS", 300, lowest=60, highest=36_000)
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
# A cookie of messages would name students, outlive the session, and be shown to whoever signs in next.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"

# Transport

# Whose word on a client's address is taken (accounts.addresses). Without TLS nothing stands in front of gunicorn.
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES", "127.0.0.1 ::1" if HTTPS else "")
SECURE_SSL_REDIRECT = HTTPS and not DEBUG
# A health check comes from the host itself, over plain http.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # asks for XFrameOptionsMiddleware: our own middleware sends that header, and frame-ancestors
    "axes.W002",  # asks for AxesMiddleware: our sign-in view answers who has to wait
]
CSRF_FAILURE_VIEW = "codeplatform.error_pages.csrf_failure"

# The sandbox: where a student's program may fetch from. Of our own host it reads nothing, whatever stands here: an
# opaque origin has no session there, and no page of ours allows other origins. http: serves sites without TLS.
SANDBOX_CONNECT_SRC = env.policy_sources("SANDBOX_CONNECT_SRC", "https:" if HTTPS else "https: http:")

# How far a program's memory may grow before Python raises MemoryError, in MiB. A browser gives at most 4096.
PROGRAM_MEMORY_MB = env.number("PROGRAM_MEMORY_MB", 1024, lowest=256, highest=4096)

# The runtime: what build_runtime makes and the browser loads
RUNTIME_DIR = Path(env.text("RUNTIME_DIR", str(DATA_DIR / "runtime")))
RUNTIME_CACHE_DIR = Path(env.text("RUNTIME_CACHE_DIR", str(Path.home() / ".cache" / "codeplatform")))
RUNTIME_WHEELS_DIR = env.text("RUNTIME_WHEELS_DIR", "")
# Base address of Pyodide's release files: empty means the one the runtime manifest names, "off" none.
PYODIDE_DIST_URL = env.text("PYODIDE_DIST_URL", "")

# Mail: without EMAIL_URL none is sent. Nothing waits for it: what it tells of is in the database before.

_mail = env.mail_server("EMAIL_URL")
SENDS_MAIL = _mail is not None
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail else 'dummy'}.EmailBackend"
if _mail:
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.security == "tls", _mail.security == "ssl"
EMAIL_TIMEOUT = 5  # seconds
SERVER_EMAIL = DEFAULT_FROM_EMAIL = env.mail_address("DEFAULT_FROM_EMAIL", None if SENDS_MAIL else "")
# Who hears of registrations of interest, and is named where somebody may have a question about their data.
INTEREST_EMAIL = env.mail_address("INTEREST_EMAIL", "")

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("docs", BASE_DIR / "docs" / "images")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "codeplatform.static_files.HashedStaticFilesStorage",
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
# One save carries at most a whole project (projects.limits), base64 adding a third. Nothing larger is read at all.
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
# The form of an exercise has 22 fields for each of 60 tests, and 4 for each of 90 files.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# The log: everything goes to standard error, as JSON where no person looks on; systemd takes it from there

_log_form = "Text" if DEBUG or sys.stderr.isatty() else "Json"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"codeplatform.insight.logs.{_log_form}Formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # Refusals have their line as every request has; what is left are failures, with their traceback.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": False},
    },
}

# Backups (codeplatform.backup). What is deleted on the site must be gone from them after 35 days at the latest.

BACKUP_DIR = Path(env.text("BACKUP_DIR", str(DATA_DIR / "backups")))
BACKUP_RECIPIENTS = env.words("BACKUP_RECIPIENTS")
BACKUP_KEEP_DAYS = env.number("BACKUP_KEEP_DAYS", 35, lowest=1, highest=35)

# Figures for Prometheus, shown by gunicorn's first process (codeplatform.insight.gunicorn_hooks), never by the site
METRICS_ADDRESS = env.local_address("METRICS_ADDRESS")
# Who is told of errors in our code, beside the log; nobody by default
SENTRY_DSN = env.report_address("SENTRY_DSN")

# Language and time

# The texts in the source are British English. Another language is a row here and a folder in locale/ (CONTRIBUTING.md).
LANGUAGES = [("en-gb", "English")]
LANGUAGE_CODE = env.choice("LANGUAGE_CODE", "en-gb", [code for code, _name in LANGUAGES])
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

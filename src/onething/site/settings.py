"""Settings of an installation. Everything that differs between places comes from environment variables."""

from __future__ import annotations

import os

from onething.identity import providers
from onething.plumbing import database, keys, places

DEBUG = os.environ.get("ONETHING_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ONETHING_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PUBLIC_URL = os.environ.get("ONETHING_PUBLIC_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
SECRET_KEY = keys.provider().secret("django").hex()

MODULES = [
    "registry",
    "identity",
    "catalogue",
    "correspondence",
    "exchange",
    "entitlements",
    "cases",
    "desks.appointments",
    "desks.surveys",
    "desks.webhooks",
    "credentials",
    "insights",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "onething.plumbing.journal",
    "onething.plumbing.looks",
    "onething.plumbing.messages",
    "onething.plumbing.storage",
    "onething.plumbing.tallies",
    "onething.plumbing.ui",
    *(f"onething.{module}" for module in MODULES),
    "onething.site",
]
MIDDLEWARE = [
    "onething.site.watching.middleware.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onething.plumbing.ui.middleware.CompressionMiddleware",
    "onething.plumbing.ui.middleware.ClockMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "onething.identity.middleware.ActorMiddleware",
    "onething.plumbing.ui.middleware.LanguageMiddleware",
    "onething.identity.calls.RepeatableCallsMiddleware",
    "onething.plumbing.ui.headers.HeadersMiddleware",
    "onething.plumbing.ui.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "onething.site.urls"
WSGI_APPLICATION = "onething.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "onething.plumbing.ui.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {"default": database.configured()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
ROLES = "onething.site.roles.ROLES"
LOGIN_URL = "identity:sign_in"
SIGN_IN_PROVIDERS = providers.configured(os.environ)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
_SOURCE = places.PROJECT / "src" / "onething"
LOCALE_PATHS = [*sorted(_SOURCE.glob("*/locale")), *sorted(_SOURCE.glob("*/*/locale"))]  # every module brings its words
CSRF_FAILURE_VIEW = "onething.plumbing.ui.portal.form_too_old"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = places.home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # one paper of 10 MB, in base64, fits into one call of the API
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EXCHANGE_NETWORKS = os.environ.get("ONETHING_DEPARTMENT_NETWORKS", "")  # closed networks where departments are: CIDRs
WEBHOOK_HOSTS = frozenset(filter(None, os.environ.get("ONETHING_WEBHOOK_HOSTS", "").lower().split(",")))
EXCHANGE_FOLDERS = os.environ.get("ONETHING_DEPARTMENT_FOLDERS", "")  # below it, departments' folders; else home's own

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Which modules bring which doors: found by dotted name, so that lower floors never import upper ones.
COMMANDS = {
    "workdays": "onething.plumbing.calendars.commands:workdays",
    "department": "onething.exchange.commands:department",
    "journal": "onething.plumbing.journal.commands:journal",
    "plan": "onething.catalogue.commands:plan",
    "pack": "onething.catalogue.commands:pack",
    "submit": "onething.cases.commands:submit",
    "case": "onething.cases.commands:case",
    "up": "onething.site.up:up",
    "demo": "onething.site.demo.commands:demo",
}
API_ROUTERS = {
    "/consents": "onething.identity.api.router",
    "/exchange": "onething.exchange.api.router",
    "/exchange/papers": "onething.cases.api.fetching.router",
    "/cases": "onething.cases.api.router",
    "/webhooks": "onething.desks.webhooks.api.router",
    "/catalogue": "onething.catalogue.api.router",
    "/me": "onething.registry.api.router",
    "/messages": "onething.plumbing.messages.api.router",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"about": {"()": "onething.plumbing.logs.AboutFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s%(about_words)s"},
        "json": {"()": "onething.plumbing.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["about"],
            "formatter": os.environ.get("ONETHING_LOG_FORMAT", "line"),
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("ONETHING_LOG", "WARNING")},
}

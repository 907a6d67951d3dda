"""Settings of the portal: one module, every deploy value from the environment (see `.env.example`)."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from . import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# ── Safety ───────────────────────────────────────────────────────────────────────────────────────

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY is not set. Set it in the environment, or DEBUG=1 on a developer's machine.")
    SECRET_KEY = "django-insecure-for-development-only"  # noqa: S105
# Turns a voter's address into what is kept of it, and seals the log of votes. It must outlive every vote: unlike SECRET_KEY,
# which may be rotated, another one would let everybody vote again.
VOTER_KEY = env.str("VOTER_KEY", default="") or SECRET_KEY
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("HTTPS", default=not DEBUG)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "opengov.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", default=200) * 1_000_000
# From the state of a revision to the days after which it is overdue; a state without a target never is.
TARGET_DAYS = env.dict("TARGET_DAYS", cast={"value": int}, default={"editing": 30, "review": 10, "sign_off": 5, "release": 2})
REQUEST_ANSWER_DAYS = env.int(
    "REQUEST_ANSWER_DAYS", default=30
)  # a department has them for a request, unless it names a day itself

# ── Applications ─────────────────────────────────────────────────────────────────────────────────

INSTALLED_APPS = [
    "modeltranslation",
    "opengov.apps.FrameConfig",
    "opengov.search",  # before haystack: its rebuild_index replaces haystack's
    "accounts",
    "engagement",
    "datasets",
    "requests_app",
    "opengov.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_altcha",
    "django_htmx",
    "django_rq",
    "haystack",
    "rules.apps.AutodiscoverRulesConfig",
]
MIDDLEWARE = [
    "opengov.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "opengov.middleware.HostLanguageMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "opengov.middleware.ErrorPageMiddleware",
]
ROOT_URLCONF = "opengov.urls"
WSGI_APPLICATION = "opengov.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "opengov" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "opengov.context_processors.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "opengov.templatetags.portal"],
        },
    }
]

# ── Logs ─────────────────────────────────────────────────────────────────────────────────────────

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOG_STYLE = env.str("LOG_STYLE", default="console" if DEBUG else "json")
LOGGING = logs.configuration(style=LOG_STYLE, level=LOG_LEVEL)

# ── Database, cache, jobs ────────────────────────────────────────────────────────────────────────

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "opengov_cache",
            "OPTIONS": {"MAX_ENTRIES": 50_000},
        }
    )
}
# Without REDIS_URL no queue is ever opened: `opengov.jobs.enqueue` runs the job in the process.
RQ_QUEUES = {
    name: {"URL": REDIS_URL or "redis://redis-is-not-configured", "DEFAULT_TIMEOUT": 3600} for name in ("default", "index")
}

# ── Search ───────────────────────────────────────────────────────────────────────────────────────

SEARCH_URL = env.str("SEARCH_URL", default=f"whoosh://{VAR_DIR / 'index'}")
_engines = {"whoosh": "opengov.search.backends.whoosh.WhooshEngine"}
_scheme, _index = SEARCH_URL.split("://", 1)
if _scheme not in _engines:
    raise ImproperlyConfigured(f"SEARCH_URL begins with {_scheme}://, which is none of {', '.join(_engines)}.")
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": _engines[_scheme], "PATH": _index}}
HAYSTACK_DOCUMENT_FIELD = "title_en"  # haystack wants to know of one text field; the engines search all of them
HAYSTACK_LIMIT_TO_REGISTERED_MODELS = False

# ── Languages, time ──────────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "fr")
# For example LANGUAGE_HOSTS=open.example.org=en,ouvert.example.org=fr
LANGUAGE_HOSTS: dict[str, str] = env.dict("LANGUAGE_HOSTS", default={})
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_vendor"]  # the second: our French of packages' texts
FORMAT_MODULE_PATH = ["opengov.formats"]
TIME_ZONE = env.str("TIME_ZONE", default="America/Toronto")
USE_TZ = True
USE_I18N = True

# ── Files ────────────────────────────────────────────────────────────────────────────────────────

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# Leaflet's own files, without its Django application, which wants GDAL.
STATICFILES_DIRS = [("leaflet", Path(find_spec("leaflet").origin).parent / "static" / "leaflet")]  # type: ignore[union-attr, arg-type]
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns where it is not there
MEDIA_URL = "media/"
STORAGE_URL = env.str("STORAGE_URL", default=f"file://{VAR_DIR / 'files'}")
MEDIA_ROOT = STORAGE_URL.removeprefix("file://")
STORAGES = {
    "default": environment.storage(STORAGE_URL),
    "staticfiles": {"BACKEND": env.str("STATICFILES_STORAGE", default="whitenoise.storage.CompressedManifestStaticFilesStorage")},
}

# ── The network outside ──────────────────────────────────────────────────────────────────────────

# Hosts that may be fetched from although they stand on a private network, for example an intranet catalogue.
OUTBOUND_PRIVATE_HOSTS = env.list("OUTBOUND_PRIVATE_HOSTS", default=[])

# ── Mail ─────────────────────────────────────────────────────────────────────────────────────────

vars().update(env.email("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# ── People ───────────────────────────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "accounts.auth_backends.AdministratorBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:profile-edit"
LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
# Beside allauth's own limits: messages to the portal by network, receipts of them by address, votes, the code before a first one,
# texts for the boards, and what readers say of what they find.
ACCOUNT_RATE_LIMITS = {
    "enquiry": "5/10m/ip,20/d/ip",
    "enquiry_receipt": "3/d/key",
    "vote": "10/m/user,60/h/user",
    "vote_network": "20/m/ip,100/10m/ip",  # a network is a /64 of IPv6
    "human_code": "3/h/user,10/h/ip",
    "follow": "60/m/user",
    "text": "10/h/user,40/h/ip",
    "comment": "20/h/user,100/h/ip",
    "rating": "60/h/user",
    "report": "20/h/user",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=False)

ALTCHA_HMAC_KEY = salted_hmac("opengov.altcha", "", secret=SECRET_KEY, algorithm="sha256").hexdigest()

# Log-in through others is offered only where it is configured.
SOCIALACCOUNT_ADAPTER = "accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}
if _github := env.str("GITHUB_CLIENT_ID", default=""):
    SOCIALACCOUNT_PROVIDERS["github"] = {
        "APP": {"client_id": _github, "secret": env.str("GITHUB_CLIENT_SECRET")},
        "SCOPE": ["user:email"],
    }
if _issuer := env.str("OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APP": {
            "provider_id": env.str("OIDC_ID", default="oidc"),
            "name": env.str("OIDC_NAME", default="OpenID Connect"),
            "client_id": env.str("OIDC_CLIENT_ID"),
            "secret": env.str("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": _issuer, "oauth_pkce_enabled": True},
        }
    }

# ── Brand ────────────────────────────────────────────────────────────────────────────────────────

BRAND_FILE = env.str("BRAND_FILE", default=str(BASE_DIR / "opengov" / "brand.toml"))

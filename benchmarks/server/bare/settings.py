"""Django with nothing but one view, on the database of the site beside it."""

from codeplatform.settings import ALLOWED_HOSTS, DATABASES, DEFAULT_AUTO_FIELD, SECRET_KEY, USE_TZ

__all__ = ["ALLOWED_HOSTS", "DATABASES", "DEFAULT_AUTO_FIELD", "SECRET_KEY", "USE_TZ"]

INSTALLED_APPS = ["benchmarks.server.bare"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.server.bare.urls"

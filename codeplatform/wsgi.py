"""The entry point for gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from codeplatform.outages import bound_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "codeplatform.settings")

bound_statements(settings.DATABASES["default"])
application = get_wsgi_application()

from django.apps import AppConfig
from django.conf import settings


class CodeplatformConfig(AppConfig):
    name = "codeplatform"

    def ready(self) -> None:
        from codeplatform import checks  # noqa: F401  (registers the checks)
        from codeplatform.insight import error_reports

        if settings.SENTRY_DSN:
            error_reports.begin(settings.SENTRY_DSN)

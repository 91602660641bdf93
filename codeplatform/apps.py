from django.apps import AppConfig


class CodeplatformConfig(AppConfig):
    name = "codeplatform"

    def ready(self) -> None:
        from codeplatform import checks  # noqa: F401  (registers the checks)

"""The authoring page as a browser fills it in and sends it."""

from __future__ import annotations

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """The fields of the form with this id, as a browser would send them without pressing a button."""

    def __init__(self, html: str, form: str = "exercise") -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self._form, self._inside = form, False
        self._textarea: str | None = None
        self._select: str | None = None
        self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "form":
            self._inside = values.get("id") == self._form
        if not self._inside:
            return
        if tag == "input" and values.get("type") not in {"checkbox", "file"}:
            self._add(name, values.get("value") or "")
        elif tag == "input" and values.get("type") == "checkbox" and "checked" in values:
            self._add(name, "on")
        elif tag == "textarea":
            self._textarea, self._text = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in values:
            self._add(self._select, values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea is not None:
            # HTML drops one line end after the tag; forms are sent with the line ends of Windows.
            self._add(self._textarea, self._text.removeprefix("\n").replace("\n", "\r\n"))
            self._textarea = None
        elif tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text += data

    def _add(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)


def fields_of(html: str) -> dict[str, list[str]]:
    return FormReader(html).data

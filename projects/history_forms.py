from __future__ import annotations

from django import forms

from projects.limits import MAX_PATH_BYTES, MAX_REVISION


class HistoryPageForm(forms.Form):
    """Where a page of the history begins."""

    before = forms.IntegerField(required=False, min_value=1, max_value=MAX_REVISION)


class RestoreForm(forms.Form):
    """Which file is wanted back; all of them when none is named."""

    path = forms.CharField(required=False, max_length=MAX_PATH_BYTES, strip=False)

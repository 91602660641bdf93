"""What can be typed on the page of a submission."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from assessment.feedback_models import MAX_COMMENT_CHARACTERS, MAX_SAVED_CHARACTERS
from assessment.handed_in_files import Texts
from assessment.models import Comment, SavedComment, Submission
from assessment.threads import Place
from projects.limits import MAX_PATH_BYTES

MAX_COMMENTS = 300  # by one person about one submission
MAX_SAVED_COMMENTS = 100
_MAX_LINE = 2**31 - 1  # PostgreSQL's integer


class PlaceForm(forms.Form):
    """Where a comment is to stand: what the links at the lines say."""

    path = forms.CharField(required=False, max_length=MAX_PATH_BYTES, strip=False)
    line = forms.IntegerField(required=False, min_value=1, max_value=_MAX_LINE)

    @property
    def place(self) -> Place:
        return Place(self.cleaned_data["path"], self.cleaned_data["line"])


class ReplyForm(PlaceForm):
    """An answer to what was said: in one of the places where something was."""

    text = forms.CharField(
        max_length=MAX_COMMENT_CHARACTERS, error_messages={"required": gettext_lazy("Type what you want to say.")}
    )

    def __init__(self, *args: Any, submission: Submission, author: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submission, self.author = submission, author
        self.places: Collection[Place] = ()

    def clean_text(self) -> str:
        # Browsers end the lines of a form with two characters.
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")

    def clean(self) -> dict[str, Any]:
        if {"path", "line"} <= self.cleaned_data.keys():
            self.check_place(self.place)
        if Comment.objects.filter(submission=self.submission, author=self.author).count() >= MAX_COMMENTS:
            raise ValidationError(
                _("You have made %(max_comments)s comments here. Delete one first.") % {"max_comments": MAX_COMMENTS}
            )
        return self.cleaned_data

    def check_place(self, place: Place) -> None:
        """Add an error where nothing can be said there."""
        if place not in self.places:
            self.add_error(None, _("There is no comment to answer any more. Look at the page again."))

    def save(self) -> Comment:
        """The comment, kept."""
        place, text = self.place, self.cleaned_data["text"]
        return Comment.objects.create(
            submission=self.submission, author=self.author, path=place.path, line=place.line, text=text
        )


class CommentForm(ReplyForm):
    """A comment of somebody who marks, anywhere: typed, taken from their saved ones, or both."""

    saved = forms.ModelChoiceField(SavedComment.objects.none(), required=False)
    keep = forms.BooleanField(required=False)

    def __init__(self, *args: Any, texts: Texts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        self.fields["text"].required = False
        self.fields["saved"].queryset = SavedComment.objects.visible_to(self.author)  # type: ignore[attr-defined]

    def check_place(self, place: Place) -> None:
        """It must be in what was handed in."""
        count = len(self.texts.lines.get(place.path, []))
        if place.path and place.path not in self.texts.sizes:
            self.add_error("path", _("There is no such file in what was handed in. Choose one of the list."))
        elif place.line is not None and not place.path:
            self.add_error("line", _("Choose the file that the line is in."))
        elif place.line is not None and place.line > count:
            self.add_error(
                "line",
                ngettext(
                    "%(path)s has %(count)s line. Give one of them.",
                    "%(path)s has %(count)s lines. Give one of them.",
                    count,
                )
                % {"path": place.path, "count": count},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if {"text", "saved"} <= data.keys():
            if data["saved"] is not None:
                data["text"] = "\n".join(part for part in (data["text"], data["saved"].text) if part)
            self._check_text(data["text"])
        return data

    def _check_text(self, text: str) -> None:
        keep = self.cleaned_data.get("keep")
        if not text:
            self.add_error("text", _("Type what you want to say."))
        elif len(text) > MAX_COMMENT_CHARACTERS:
            self.add_error(
                "text",
                _("Shorten this; %(max_comment_characters)s characters are the most.")
                % {"max_comment_characters": MAX_COMMENT_CHARACTERS},
            )
        elif keep and len(text) > MAX_SAVED_CHARACTERS:
            self.add_error(
                "text",
                _("Shorten this; a saved comment has %(max_saved_characters)s characters at most.")
                % {"max_saved_characters": MAX_SAVED_CHARACTERS},
            )
        elif keep and SavedComment.objects.visible_to(self.author).count() >= MAX_SAVED_COMMENTS:
            self.add_error(
                "text",
                _("You have %(max_saved_comments)s saved comments. Remove one first.")
                % {"max_saved_comments": MAX_SAVED_COMMENTS},
            )

    def save(self) -> Comment:
        """The comment, kept; and where that was wished, its text among the saved ones."""
        if self.cleaned_data["keep"]:
            SavedComment.objects.get_or_create(owner=self.author, text=self.cleaned_data["text"])
        return super().save()


class MarkForm(forms.Form):
    """A mark that a teacher sets by hand."""

    points = forms.DecimalField(
        min_value=0, max_digits=7, decimal_places=2, error_messages={"required": gettext_lazy("Give the points.")}
    )
    reason = forms.CharField(
        max_length=500, error_messages={"required": gettext_lazy("Say why: the student reads it.")}
    )

    def __init__(self, *args: Any, out_of: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = MaxValueValidator(out_of, _("Give at most %(points)s points.") % {"points": f"{out_of.normalize():f}"})
        self.fields["points"].validators.append(most)

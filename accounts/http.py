from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view gets that has not opted out of sign-in."""

    user: User

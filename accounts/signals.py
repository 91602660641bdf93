"""What happens to accounts beyond Django's own signals; who keeps a trail listens."""

from django.dispatch import Signal

# user, by: who did it (None: a command), request or None
password_changed = Signal()
# user, request: signed out everywhere else
sessions_ended = Signal()
# attempt (accounts.brake.Attempt): the wrong password after which there is a wait; request
sign_in_delayed = Signal()
# user, by: who did it (None: a command), request or None
sign_in_released = Signal()

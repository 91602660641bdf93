"""One school's host as it stands in a school: PostgreSQL that keeps what it has committed, gunicorn, nginx with TLS."""

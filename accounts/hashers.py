from django.contrib.auth.hashers import Argon2PasswordHasher


class SchoolArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id at the least that OWASP's Password Storage Cheat Sheet asks for: 19 MiB, two passes, one lane.

    Django's own setting takes five times the memory and eight lanes: a class that signs in together waits for seconds.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1

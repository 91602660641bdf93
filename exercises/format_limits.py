"""How big an exercise may be: far more than any needs, little enough for a page to load and a server to read."""

MAX_TOML_BYTES = 256 * 1024
MAX_KEY_PARTS = 100  # a.b.c is three; the time to read a key grows with the square of its parts
MAX_STATEMENT_BYTES = 64 * 1024
MAX_FILES = 30  # in each of the folders starter, reference and tests
MAX_FILE_BYTES = 1024 * 1024
MAX_UNITTEST_BYTES = 100 * 1024  # a server reads their syntax: a tenth of a second for so many
MAX_EXERCISE_BYTES = 5 * 1024 * 1024
MAX_SLUG_CHARACTERS = 50
MAX_TITLE_CHARACTERS = 100
MAX_HINTS = 10
MAX_TAGS = 10
MAX_TAG_CHARACTERS = 30
MAX_TESTS = 60
MAX_SENTENCE_CHARACTERS = 1_000  # a hint, a feedback
MAX_TEXT_CHARACTERS = 100_000  # what is typed, what must be printed, a file before the run
MAX_CODE_CHARACTERS = 10_000  # an expression, statements, a Python literal, a regular expression
MAX_TEST_FILES = 10
MAX_CONSTRUCTS = 20
MAX_POINTS = 100
MAX_TIME_LIMIT_S = 60

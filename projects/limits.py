"""How big a project may be: room for a year of lessons, not for a film collection.

300 students at their limit fill 6 GB, and a browser still loads the largest project into memory at once.
"""

MAX_FILE_BYTES = 5 * 1024 * 1024  # a large photograph or data set; the editor stays quick with text of that size
MAX_FILES = 200  # keeps a save to a handful of queries and the file panel readable
MAX_PROJECT_BYTES = 20 * 1024 * 1024  # base64 adds a third: 27 MiB, under DATA_UPLOAD_MAX_MEMORY_SIZE
MAX_PATH_BYTES = 200  # fits every file system, with room for the folder that a zip unpacks into
MAX_PROJECTS = 200  # per person, the bin included; some five years of lessons
MAX_REVISION = 2**31 - 1  # PostgreSQL's integer
MAX_NAME_CHARACTERS = 100
MAX_INLINE_BYTES = 256 * 1024  # files that travel inside the page; a larger project is fetched after it

# History (docs/decisions/0013-history.md)
HISTORY_ALL_DAYS = 30  # every revision is kept for so long; the last of each sitting for the school's history_days
HISTORY_KEEP_NEWEST = 5  # never folded within that term, however large
MAX_HISTORY_BYTES = 200 * 1024 * 1024  # of one project; over it the oldest sittings are thinned
THINNED_HISTORY_BYTES = 150 * 1024 * 1024  # down to this, so that not every save thins; over 5 * MAX_PROJECT_BYTES
HISTORY_ROW_BYTES = 512  # what a file in the history takes beside its content

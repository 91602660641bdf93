"""How big a project may be: room for a year of lessons, not for a film collection.

300 students at their limit fill 6 GB, and a browser still loads the largest project into memory at once.
"""

MAX_FILE_BYTES = 5 * 1024 * 1024  # a large photograph or data set; the editor stays quick with text of that size
MAX_FILES = 200  # keeps a save to a handful of queries and the file panel readable
MAX_PROJECT_BYTES = 20 * 1024 * 1024  # base64 adds a third: 27 MiB, under DATA_UPLOAD_MAX_MEMORY_SIZE
MAX_PATH_BYTES = 200  # fits every file system, with room for the folder that a zip unpacks into
MAX_PROJECTS = 200  # per person; some five years of lessons
MAX_REVISION = 2**31 - 1  # PostgreSQL's integer
MAX_NAME_CHARACTERS = 100
MAX_INLINE_BYTES = 256 * 1024  # files that travel inside the page; a larger project is fetched after it

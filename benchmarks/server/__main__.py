"""`python -m benchmarks.server`: that section of the report alone."""

import sys

from benchmarks.__main__ import main

sys.argv[1:1] = ["--only", "server"]
main()

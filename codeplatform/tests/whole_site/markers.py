"""Whose names, texts and codes can be read by whom, in whatever the site answers (promises 1 to 3).

Each marker stands for one thing of somebody's and nowhere else. It is looked for in every body, header, cookie and
redirect address that anybody gets, in archives file by file.
"""

STAFF = {"head", "operator"}
WITH_ADA = {"ada", "teacher", *STAFF}
DAN = {"dan (other class)", *STAFF}  # nobody here asks for the page of his class
ADA_OF_AWAY = {"ada of away", "head of away", "operator"}
IN_HOME = {"ada", "ben (same class)", "dan (other class)", "teacher", "colleague", *STAFF}

# Exactly these people find the marker somewhere.
MARKERS: dict[str, set[str]] = {
    "Name-ada-home": WITH_ADA,
    "ada@home": WITH_ADA,
    "Name-ben-home": {"ben (same class)", "teacher", *STAFF},
    "Name-dan-home": DAN,
    "Name-teacher-home": {"ada", "teacher", *STAFF},  # ada beside what was said about her work
    "Name-head-home": STAFF,
    "Project-ada-home": WITH_ADA,
    "Text-ada-home": WITH_ADA,
    "Old-ada-home": WITH_ADA,
    "File-ada-home.py": WITH_ADA,
    "Bin-ada-home": {"ada", *STAFF},  # staff by the export of her data alone
    "Project-dan-home": DAN,
    "Class-10A-home": {"ben (same class)", *WITH_ADA},
    "Class-10B-home": {"dan (other class)", "colleague", *STAFF},
    "HQMEXYZA": STAFF,
    "HQME-XYZA": {"teacher", *STAFF},  # the same code as their page shows it
    "HQMEXYZB": STAFF,
    "Planned ada-home": {"teacher"},
    "Planned dan-home": set(),  # its list is the colleague's, whose list nobody asks for
    "Audit-ada-home": {"ada", *STAFF},
    "Log-of-home": {"ada", "teacher", *STAFF},  # they find what the head did to them in their own exports,
    "Exercise-teacher-home": {"teacher", *STAFF},
    "Exercise-colleague-home": {"colleague", *STAFF},
    "Exercise-visible-teacher-home": {"teacher", *STAFF},
    "Shared-teacher-home": IN_HOME,
    "Shared-visible-teacher-home": IN_HOME,
    "Shared-after-pass-teacher-home": IN_HOME,
    "Shared-hidden-teacher-home": {"teacher", "colleague", *STAFF},
    "Shared-reference-teacher-home": {"teacher", "colleague", *STAFF},
    "Shared-hint-teacher-home": IN_HOME,  # each asks for it, by its number
    "Assignment-ada-home": {"ben (same class)", *WITH_ADA},
    "Instructions-ada-home": {"ben (same class)", *WITH_ADA},
    "Assignment-dan-home": {"dan (other class)", "colleague", *STAFF},
    "Assignment-ada-away": {"ada of away", "teacher of away", "head of away", "operator"},
    "Handed-ada-home": WITH_ADA,
    "Second-ada-home": WITH_ADA,
    "Saw-visible-ada-home": WITH_ADA,
    "Saw-hidden-ada-home": {"teacher", *STAFF},
    "Said-ada-home": WITH_ADA,
    "Said-dan-home": {"dan (other class)"},
    "Unreleased-ada-home": {"teacher", *STAFF},
    "Saved-teacher-home": {"teacher"},
    "Said-ada-away": {"ada of away"},
    "Shared-teacher-away": {"ada of away", "teacher of away", "head of away", "operator"},
    "Name-ada-away": ADA_OF_AWAY,
    "Project-ada-away": ADA_OF_AWAY,
    "Text-ada-away": {"ada of away"},
    "Class-10A-away": {"teacher of away", *ADA_OF_AWAY},
    "Audit-ada-away": ADA_OF_AWAY,
    "AWAYXYZA": {"head of away", "operator"},
    "Interest-Grace": {"operator"},
}

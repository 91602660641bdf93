"""A project's revision never goes back, for SQLite; migration 0002 says the same to PostgreSQL."""

TRIGGERS = {
    "project_revision_only_grows": """
        BEFORE UPDATE OF revision ON projects_project WHEN NEW.revision < OLD.revision
        BEGIN SELECT RAISE(ABORT, 'project_revision: it only grows'); END
    """,
}

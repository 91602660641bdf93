"""Backups: the database as one moment left it, in one file that proves itself, and the way back from it.

A backup is a tar file: the database in pieces, a manifest that knows how many rows each table had and what they hash
to, the settings that are no secrets, and last SHA256SUMS over all of these. With recipients it is encrypted as it is
written (`encryption`), so that nothing readable ever lies on the disk. Ordinary tools read it:
`age --decrypt --identity KEY FILE | tar --extract`, `sha256sum --check SHA256SUMS`, `cat database.* | pg_restore`.
"""

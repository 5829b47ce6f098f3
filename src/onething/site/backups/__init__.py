"""
Backup and restore: one folder per backup, a pool of files that all backups share, and the keys somewhere else.

    BACKUPS/
      files/ab/abcd…            papers and documents (sealed bytes), by their sha256; shared by all backups
      forgotten.txt             whose key was destroyed, by the newest backup: forgotten again after any restore
      20261122T065210Z/
        database.dump           everything but the persons' keys, in one state
        person-keys.dump        the locked key of each person, in the same state: may be kept for a shorter time
        seals.jsonl             what the journal has proven outside the database
        manifest.json           what belongs to it: digests, rows of each table, files, versions. Written last

A folder without a manifest is no backup. Decision: docs/decisions/0016-backups.md.
"""

"""Files that belong to cases and documents, under the installation's home.

stored = storage.put(sealed)
storage.read(stored.key)
"""

from onething.plumbing.storage.files import FileDamaged, FileMissing, StorageFull, Stored, delete, open, put, read

__all__ = ["FileDamaged", "FileMissing", "StorageFull", "Stored", "delete", "open", "put", "read"]

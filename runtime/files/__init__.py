"""Where files live: internal storage, namespace files, and the key that seals secrets at rest."""

"""Many reports at once: processes here, Spark where an archive needs it, the same reading inside."""

"""The only code that opens files, databases, connections and settings."""

"""The edge to understanding: our components for config.yml, one class per file."""

"""Stand-in for tensorflow-text, see standin/README.md."""

"""The measurements the README quotes, each rerunnable by one command."""

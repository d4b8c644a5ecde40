"""What the clinic knows and decides: plain Python, no framework, no files, no clock."""

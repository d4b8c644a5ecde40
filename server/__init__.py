"""Puts the parts together: launcher, in-process actions, and every seam into Rasa. Nothing imports it."""

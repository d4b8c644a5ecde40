"""The edge to dialogue: one small file per thing the assistant does."""

"""The edge to people: what visitors and staff see in a browser."""

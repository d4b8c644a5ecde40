"""Sentence vectors: a short text in, 384 numbers out that lie close together for texts that mean the same."""

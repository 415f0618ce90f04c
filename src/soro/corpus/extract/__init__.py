"""Readers of documents that are not plain text: one format a file.

Whatever the bytes, they raise `Unreadable` and nothing else, and `SoroError` where a package is not installed.
"""

"""Readers of documents that are not plain text: one format a file. None raises anything but `Unreadable`."""

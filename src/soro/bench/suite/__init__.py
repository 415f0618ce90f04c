"""The project's own benchmark items: loaded and checked, linted, sent to reviewers and taken back."""

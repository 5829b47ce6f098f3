"""Preparing a release without a shell: archives in, edits by form, checks, comparison, and the year's calendar."""

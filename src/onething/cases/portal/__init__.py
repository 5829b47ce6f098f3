"""The citizen's doors: filling a form and submitting it, and following the case to its end."""

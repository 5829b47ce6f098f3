"""
需求调研: short surveys to a chosen group, by phone or on paper; results by question and division.

Answers that ask for somebody become visits or cases. Decision: docs/decisions/0031-surveys.md.
"""

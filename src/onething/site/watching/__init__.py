"""Watching an installation from outside: is it up, is it ready, how does it go. No personal datum, and no case."""

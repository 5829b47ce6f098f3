"""Doors of citizens: booking from the case, and the pages of the hall itself."""

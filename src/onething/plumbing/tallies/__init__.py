"""
Counters that are kept, never counted: how many rows lie in each pile, for every division or desk, at any moment.

A *board* counts one kind of row. Each row stands at some *places* (its division and all above it; a desk), in one
*cell* (a kind of pile), on one *day* (the day by which it is due; NO_DAY where there is none). Which pile that is on a
given morning follows from cell and day alone, so nothing has to be counted anew at midnight.

Whatever moves a row writes a change in the same statement or by a trigger, in the same transaction: added rows, never a
counter that all would wait for. A job adds the changes up into tallies. Whoever reads adds what has not been added up
yet, in one statement: the sum is right at any moment, and after any kill.

    tallies.read(("cases", "990123"), …)   # board, cell, day, rows
    SELECT tallies_move('concerns', places_before, cell, day, places_after, cell, day)    -- from a trigger
    tallies.truth("concerns", "SELECT places, cell, day FROM …")                          # what the check compares with
"""

from onething.plumbing.tallies.reading import NO_DAY, Counted, read
from onething.plumbing.tallies.truths import Difference, differences, mend, truth

__all__ = ["NO_DAY", "Counted", "Difference", "differences", "mend", "read", "truth"]

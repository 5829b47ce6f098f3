"""
What a million cases cost: `make bench-large`.

fill.py      multiplies one settled and one running case by COPY: deterministic, the same rows for the same numbers
house.py     one side of the comparison, in a process of its own: carries a retirement, turns the pages of the lists
__main__.py  both sides in turns, and the report
"""

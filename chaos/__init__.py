"""
Proof under fire: the real processes, real cases over HTTP, and everything that can go wrong, by a seed.

    make chaos SEED=7 MINUTES=10        one run; its result is added to docs/evidence/chaos/

plan.py       what goes wrong and when, from the seed alone (pure)
wires.py      the lines between house and departments: lose, cut, delay, double and garble messages
echoes.py     what went over a line comes again by the thousand, as it was or spoilt
nursery.py    workers that start at once, so that hundreds can be killed
house.py      the processes of one installation, on a small disk of their own
people.py     persons who submit and take back, and the supervisor who looks after what was told
blows.py      the blows themselves: kill, restart, fill the disk, cut, turn the clock, hand a job out twice
verdict.py    what must be true at the end, from outside: plain SQL and the departments' own ledger
"""

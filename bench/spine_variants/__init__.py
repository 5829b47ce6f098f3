"""The three ways in which bench/spine.py carries the same retirements through: ours, the floor, the peer."""

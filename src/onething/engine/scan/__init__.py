"""The same policies for everybody: one snapshot, one filtered pass per policy, on one engine or another."""

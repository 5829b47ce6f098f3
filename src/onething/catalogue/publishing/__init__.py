"""Publishing a pack from the command line, and what changed against the release before."""

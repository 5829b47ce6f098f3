"""Reading rosters: a file as lines of text, titles as fields, a line as what it says about one person.

No Django and no database: what a file says can be tried anywhere.
"""

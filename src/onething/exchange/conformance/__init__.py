"""The conformance kit: plays the house to a department's endpoint, and says clause by clause whether it keeps the page.

    onething department keys > keys.json             keys for a trial, for both sides
    onething department check https://your.address/orders --key keys.json [--format text|json|junit]

Needs no Django, no database and nothing of the house but the kernel. The page is docs/department-interface.md.
"""

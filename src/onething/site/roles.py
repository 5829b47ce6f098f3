"""Who may do what, as a table that an official can read: role → its title, and what it may.

A person signs in under exactly one post: this table times the post's division gives what they see.
"""

from __future__ import annotations

from onething.cases import policy as cases
from onething.correspondence import policy as correspondence
from onething.exchange import policy as exchange
from onething.kernel.access import Permission

ROLES: dict[str, tuple[tuple[str, str], frozenset[Permission]]] = {
    "citizen": (
        ("本人", "Citizen"),
        frozenset({cases.FILE_OWN, correspondence.READ_LETTERS, correspondence.READ_DOCUMENT}),
    ),
    "clerk": (
        ("综合窗口工作人员", "Clerk at the one window"),
        frozenset({cases.READ_CASE, cases.RECORD_EVENT, correspondence.READ_DOCUMENT}),
    ),
    "department": (("部门经办人", "Department officer"), frozenset({exchange.ANSWER_ORDER})),
    "supervisor": (
        ("督办", "Supervisor"),
        frozenset({cases.READ_CASE, cases.RECORD_EVENT, exchange.WATCH_ORDERS, exchange.RETRY_ORDER}),
    ),
}

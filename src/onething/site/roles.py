"""Who may do what, as a table that an official can read: role → its title, and what it may.

A person signs in under exactly one post: this table times the post's division gives what they see.
"""

from __future__ import annotations

from onething.cases import policy as cases
from onething.correspondence import policy as correspondence
from onething.exchange import policy as exchange
from onething.identity import policy as identity
from onething.kernel.access import Permission
from onething.registry import policy as registry

ROLES: dict[str, tuple[tuple[str, str], frozenset[Permission]]] = {
    # What somebody does for themselves.
    "citizen": (
        ("本人", "Citizen"),
        frozenset({cases.FILE_OWN, correspondence.READ_LETTERS, correspondence.READ_DOCUMENT}),
    ),
    # Helps people at the one window, and sees how their cases go; decides nothing for a department.
    "clerk": (
        ("综合窗口工作人员", "Clerk at the one window"),
        frozenset(
            {
                registry.READ_PERSON,
                registry.REGISTER_PERSON,
                registry.CORRECT_PERSON,
                cases.READ_CASE,
                cases.RECORD_EVENT,
                correspondence.READ_LETTERS,
                correspondence.READ_DOCUMENT,
            }
        ),
    ),
    # Answers what is asked of the own department, and sees nothing else.
    "department": (("部门经办人", "Department officer"), frozenset({exchange.ANSWER_ORDER})),
    # Sees what is late or stuck and pushes it on; registers and corrects nobody.
    "supervisor": (
        ("督办", "Supervisor"),
        frozenset(
            {
                registry.READ_PERSON,
                cases.READ_CASE,
                cases.RECORD_EVENT,
                exchange.WATCH_ORDERS,
                exchange.RETRY_ORDER,
                correspondence.READ_LETTERS,
                correspondence.READ_DOCUMENT,
            }
        ),
    ),
    # Keeps the house in order: offices, accounts, posts, connections. Reads no case and no person's file.
    "administrator": (
        ("系统管理员", "Administrator"),
        frozenset(
            {
                registry.LOAD_REGIONS,
                registry.OPEN_ORGANISATION,
                identity.READ_ACCOUNT,
                identity.OPEN_ACCOUNT,
                identity.GIVE_POST,
                identity.ISSUE_API_KEY,
                exchange.CONNECT_DEPARTMENT,
                exchange.WATCH_ORDERS,
            }
        ),
    ),
}

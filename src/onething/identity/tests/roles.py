"""The roles of these tests, so that they do not move when the house's table does."""

from onething.kernel.access import Permission

ROLES: dict[str, tuple[tuple[str, str], frozenset[Permission]]] = {
    "citizen": (("本人", "Citizen"), frozenset({"cases.file_own"})),
    "clerk": (("窗口", "Clerk"), frozenset({"cases.read_case"})),
    "department": (("部门", "Department"), frozenset({"exchange.answer_order"})),
    "administrator": (
        ("管理员", "Administrator"),
        frozenset(
            f"identity.{verb}" for verb in ("read_account", "open_account", "give_post", "issue_api_key", "approve")
        ),
    ),
}
READS_PERSONS: frozenset[Permission] = frozenset({"cases.read_case"})
PURPOSES: dict[str, tuple[str, str]] = {}
SENTENCES: dict[Permission, tuple[str, str]] = {}

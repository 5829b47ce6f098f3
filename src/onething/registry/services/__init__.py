"""Changing the registry. Personal values are sealed before they reach a table; facts name fields, never values."""

from onething.registry.services.divisions import (
    apply_due_changes,
    count_list,
    enter_changes,
    load_regions,
)
from onething.registry.services.exporting import ask_export, make_export, open_export
from onething.registry.services.filing import (
    answer_correction,
    ask_correction,
    note_archive,
    pass_on_correction,
    record_statement,
    review_arrival,
)
from onething.registry.services.keeping import sweep
from onething.registry.services.organisations import open_organisation
from onething.registry.services.persons import (
    Grade,
    correct_person,
    forget_person,
    learn_facts,
    note_look,
    read_name,
    read_phone,
    register_person,
)
from onething.registry.services.rosters import (
    MOST_BYTES,
    MOST_BYTES_OF_OPERATOR,
    UNDO_DAYS,
    apply_roster,
    check_roster,
    discard_roster,
    leave_out_line,
    map_roster,
    mend_line,
    take_roster,
    undo_roster,
)
from onething.registry.services.settings import change_settings
from onething.registry.services.sharing import note_sharing

__all__ = [
    "MOST_BYTES",
    "MOST_BYTES_OF_OPERATOR",
    "UNDO_DAYS",
    "Grade",
    "answer_correction",
    "apply_due_changes",
    "apply_roster",
    "ask_correction",
    "ask_export",
    "change_settings",
    "check_roster",
    "correct_person",
    "count_list",
    "discard_roster",
    "enter_changes",
    "forget_person",
    "learn_facts",
    "leave_out_line",
    "load_regions",
    "make_export",
    "map_roster",
    "mend_line",
    "note_archive",
    "note_look",
    "note_sharing",
    "open_export",
    "open_organisation",
    "pass_on_correction",
    "read_name",
    "read_phone",
    "record_statement",
    "register_person",
    "review_arrival",
    "sweep",
    "take_roster",
    "undo_roster",
]

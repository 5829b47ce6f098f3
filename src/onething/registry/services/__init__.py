"""Changing the registry. Personal values are sealed before they reach a table; facts name fields, never values."""

from onething.registry.services.divisions import (
    apply_due_changes,
    count_list,
    enter_changes,
    load_regions,
)
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

__all__ = [
    "Grade",
    "apply_due_changes",
    "correct_person",
    "count_list",
    "enter_changes",
    "forget_person",
    "learn_facts",
    "load_regions",
    "note_look",
    "open_organisation",
    "read_name",
    "read_phone",
    "register_person",
]

"""The computed one thing: a catalogue and one person's answers in, one plan out."""

from onething.engine.bundle.compiled import Compiled
from onething.engine.bundle.compiling import compile_catalogue
from onething.engine.bundle.compute import compute_plan
from onething.engine.bundle.facts import check_answers
from onething.engine.bundle.model import Catalogue
from onething.engine.bundle.plan import Plan, to_json

__all__ = ["Catalogue", "Compiled", "Plan", "check_answers", "compile_catalogue", "compute_plan", "to_json"]

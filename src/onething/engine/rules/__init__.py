"""The one rule language: conditions of packs, read and checked (`language`), evaluated for one person (`closures`)."""

from onething.engine.rules.closures import AS_OF, NONE, Rule, Unknown, Verdict, compile_node, compile_rule
from onething.engine.rules.language import parse, parse_value

__all__ = ["AS_OF", "NONE", "Rule", "Unknown", "Verdict", "compile_node", "compile_rule", "parse", "parse_value"]

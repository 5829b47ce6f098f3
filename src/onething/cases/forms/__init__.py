"""What a person fills in: questions as a page shows them, posted answers read back, the sheet they stand on."""

from onething.cases.forms.questions import Question, Use
from onething.cases.forms.reading import Reading, read
from onething.cases.forms.sheet import Sheet, known_in_words, question_of, sheet_of

__all__ = ["Question", "Reading", "Sheet", "Use", "known_in_words", "question_of", "read", "sheet_of"]

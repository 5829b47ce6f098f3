"""The case API under /api/v1/cases, with bearer keys; refusals as problem+json. The same services as the pages."""

from onething.cases.api import following  # its operations stand on the same router
from onething.cases.api.submitting import router

__all__ = ["following", "router"]

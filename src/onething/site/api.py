"""The API of the house under /api/v1: each module brings its router; refusals are problem+json."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from onething.cases import policy as cases
from onething.desks.webhooks import kinds
from onething.desks.webhooks import policy as webhooks
from onething.identity import calls
from onething.identity import policy as identity
from onething.kernel.errors import Invalid, Refusal
from onething.plumbing.ui.middleware import problem
from onething.registry import policy as registry


class RequestMalformed(Invalid):
    """The request does not have the shape that the API describes: {where}."""

    remedy = "Compare it with /api/v1/openapi.json."


class RequestUnreadable(Invalid):
    """The request cannot be read: its body is not what its content type says."""

    status = 400
    remedy = "Send JSON in UTF-8; compare it with /api/v1/openapi.json."


class RequestTooLarge(Invalid):
    """The request is larger than {limit} MB."""

    status = 413
    remedy = "Send the papers in several calls; what was taken is kept with the open form."


REFUSED: dict[str, Any] = {
    "description": "Refused: what is wrong, and what to do next (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string", "description": "urn:onething:problem: and the refusal's stable code"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string", "description": "what to do next"},
                },
            }
        }
    },
}


KEY = "key"
OWN, READ = (cases.FILE_OWN,), (cases.FILE_OWN, cases.READ_CASE)
SCOPES: dict[tuple[str, str], tuple[str, ...]] = {
    ("get", "/api/v1/cases"): OWN,
    ("post", "/api/v1/cases"): OWN,
    ("post", "/api/v1/cases/drafts"): OWN,
    ("get", "/api/v1/cases/{number}"): READ,
    ("get", "/api/v1/cases/{number}/slip"): READ,
    ("get", "/api/v1/cases/{number}/corrections"): OWN,
    ("post", "/api/v1/cases/{number}/corrections/{correction}"): OWN,
    ("post", "/api/v1/cases/{number}/papers"): OWN,
    ("post", "/api/v1/cases/{number}/withdrawal"): OWN,
    ("get", "/api/v1/cases/{number}/messages"): OWN,
    ("post", "/api/v1/cases/{number}/events"): (cases.RECORD_EVENT,),
    ("post", "/api/v1/consents"): (identity.ACT_WITH_CONSENT,),
    ("post", "/api/v1/consents/{wish_id}"): (identity.ACT_WITH_CONSENT,),
    ("post", "/api/v1/webhooks"): (webhooks.SUBSCRIBE,),
    ("get", "/api/v1/webhooks"): (webhooks.SUBSCRIBE,),
    ("delete", "/api/v1/webhooks/{subscription_id}"): (webhooks.SUBSCRIBE,),
    ("post", "/api/v1/webhooks/{subscription_id}/on"): (webhooks.SUBSCRIBE,),
    ("get", "/api/v1/webhooks/{subscription_id}/deliveries"): (webhooks.SUBSCRIBE,),
    ("post", "/api/v1/webhooks/{subscription_id}/deliveries/{delivery_id}/again"): (webhooks.SUBSCRIBE,),
    ("post", "/api/v1/me/exports"): (registry.READ_OWN,),
    ("get", "/api/v1/me/exports"): (registry.READ_OWN,),
    ("get", "/api/v1/me/exports/{export_id}"): (registry.READ_OWN,),
}
"""Which scope a key needs for an operation (one of them is enough); what is not named here needs no key."""

SCHEME: dict[str, Any] = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "ot_<id>_<secret>",
    "description": "A key issued to one program, for one post or one citizen, with scopes, an end, and calls a minute. "
    "A portal that a person let in (POST /api/v1/consents) sends the person's token beside its key, in the header "
    "On-Behalf-Of: the call is then the person's own, within `cases.file_own`.",
}
RETRY_AFTER: dict[str, Any] = {
    "Retry-After": {"description": "after how many seconds to ask again", "schema": {"type": "integer", "minimum": 1}}
}
TOO_MANY: dict[str, Any] = {
    **REFUSED,
    "description": "This key has made all the calls that it may make in a minute",
    "headers": RETRY_AFTER,
}
REPEATABLE: dict[str, Any] = {
    "name": calls.HEADER,
    "in": "header",
    "required": False,
    "description": "A name that the program gives this call. The same call under the same name is answered as the "
    "first, with `Idempotent-Replayed: true`, for a day; another call under it is refused.",
    "schema": {"type": "string", "minLength": 1, "maxLength": calls.LONGEST, "pattern": "^[!-~]+$"},
}


class HouseAPI(NinjaAPI):
    """Describes every refusal as what it is: one shape, at every operation."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Describe the API (OpenAPI 3.1): refusals as problem+json, scopes, calls a minute, repeatable calls."""
        described = super().get_openapi_schema(**options)
        described["components"].setdefault("securitySchemes", {})[KEY] = SCHEME
        for path, operations in described["paths"].items():
            for verb, operation in operations.items():
                kept = {code: told for code, told in operation["responses"].items() if str(code).startswith("2")}
                operation["responses"] = {**kept, "default": REFUSED}
                for told in kept.values():
                    _lift_parts(told, described["components"]["schemas"])
                _say_what_is_in_the_path(operation)
                _say_who_may(operation, verb, SCOPES.get((verb, path), ()))
        described["webhooks"] = kinds.described()
        return described


IN_PATH: Final = {
    "number": "the case's number, as in TY20261122000001",
    "correction": "`id` from the list of what is to be mended",
    "export_id": "`id` of the copy",
    "wish_id": "`id` that the asking gave",
    "subscription_id": "`id` of the subscription",
    "delivery_id": "`id` of the message, which is also the event's",
}


def _say_what_is_in_the_path(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            parameter["description"] = IN_PATH[parameter["name"]]


def _lift_parts(response: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Put the named parts of an answer's shape where the document's references look for them."""
    for content in response.get("content", {}).values():
        schemas.update(content.get("schema", {}).pop("$defs", {}))


def _say_who_may(operation: dict[str, Any], verb: str, scopes: tuple[str, ...]) -> None:
    operation["security"] = [{KEY: [scope]} for scope in scopes]
    if not scopes:
        return
    operation["responses"]["429"] = TOO_MANY
    if verb == "post":
        operation.setdefault("parameters", []).append(REPEATABLE)


WAY: Final = """
A whole life event by programs alone. In their order:

1. **Key.** Send `Authorization: Bearer ot_…` where an operation names a scope. An invented person's key:
   `onething demo key 19900000001`; the counter's: `onething demo key clerk`. Real ones are issued by the house.
2. **Plan**: `GET /catalogue/releases?region=…` names the packs, `POST /catalogue/plan` is the personal notice: ask its
   `open_questions` until there are none.
3. **Form**: `POST /cases/drafts` keeps answers and papers, call by call, and says what is missing.
4. **Submit**: `POST /cases` with the rest; papers that come later go into `to_follow`.
5. **Follow**: `GET /cases/{number}`; where a matter has status `you`, `/corrections` says what to mend. A paper
   that was to follow goes to `/papers`. What was written to the person is in `/messages`.
6. **End**: when `state` is `settled`, `/slip` is the signed result slip (PDF), a moment later.

Days are days in China. Texts in `{zh, en}` are in both languages; refusals and messages in that of `Accept-Language`
(`zh-Hans`, `en`). What arrives twice changes nothing; with an `Idempotency-Key` it is also answered as the first time.
Departments answer orders at `/exchange/replies`: see docs/department-interface.md.
"""

api = HouseAPI(title="One Thing 一件事", version="1.0", description=WAY, urls_namespace="api", docs_url="/docs")


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal with its status and what to do next."""
    return problem(refusal)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parts of a request have the wrong shape, without repeating what was sent."""
    places = sorted({".".join(str(step) for step in one["loc"]) for one in error.errors})
    return problem(RequestMalformed(where=", ".join(places[:8])))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say that a body is no JSON."""
    return problem(RequestUnreadable())


@api.exception_handler(DataError)
def unkeepable(request: HttpRequest, error: DataError) -> HttpResponse:
    """Say that a value cannot be kept as text: a NUL, which PostgreSQL has no place for."""
    return problem(RequestUnreadable())


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """Say how large a request may be, and how to send more."""
    return problem(RequestTooLarge(limit=(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 2**20))


for prefix, router in settings.API_ROUTERS.items():
    api.add_router(prefix, import_string(router))

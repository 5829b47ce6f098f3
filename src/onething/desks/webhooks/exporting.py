"""What this module hands to a person of their own data: nothing, with the reason."""

from __future__ import annotations

from onething.registry import exports

exports.left_out(
    {
        "webhooks.Subscription": "which program is told where; of nobody",
        "webhooks.Delivery": "a case's number and how it stood, for 30 days; the case itself is handed out",
    }
)

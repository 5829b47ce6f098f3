"""Text messages and e-mail, out of the house. Default: a local outbox that can be read; nothing leaves the machine.

services.queue_message(channel="sms", to="13800000000", subject="", body="…", now=now)
queries.outbox(channel="sms", to="13800000000")
"""

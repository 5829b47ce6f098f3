"""Departments that do not exist: a process of its own that takes orders and answers them, well or badly.

    python -m onething.exchange.simulators --port 9100 --callback http://127.0.0.1:8000/api/v1/exchange/replies \
        --keys keys.json --pace 2 [--script behaviour.json]

    POST /d/<department>/orders    an order, a batch, a withdrawal, an urging, a question for data (signed CloudEvents)
    GET  /d/<department>/orders/replies?after=&limit=    replies of one that does not call ("calls": "no" in its keys)
    POST /control                  how a department is to behave from now on, see behaviour.py
    GET  /ledger                   per order: how often received, how often executed (at most once), what was said
    GET  /health                   200 when it listens

Needs no Django and no database; speaks only what docs/department-interface.md says.
"""

"""Run as a program: brings an empty database to this version and prints what one soldier submits, as JSON."""

from __future__ import annotations

import json
import sys

from onething.site import installing


def main() -> None:
    """Migrate, load the invented county, connect its departments to their desks, register a soldier with a key."""
    installing.set_django_up()
    installing.migrate_database()
    installing.collect_static()
    from onething.cases.tests import factories
    from onething.catalogue import planning
    from onething.engine import bundle
    from onething.identity import services as identity
    from onething.kernel.access import SYSTEM
    from onething.plumbing import clock

    factories.regions()
    factories.connect()
    now = clock.now()
    account = identity.open_account(person=factories.person(), actor=SYSTEM, now=now)
    key = identity.issue_api_key(account=account, label="t", scopes=["cases.file_own"], actor=SYSTEM, now=now)
    release = factories.release()
    plan = bundle.to_json(planning.plan_for(release, factories.answers(), clock.day_of(now)))
    materials = [m["id"] for m in plan["materials"] if m["action"] == "hand_in"]
    json.dump({"pack": release.pack, "key": key, "answers": factories.answers(), "materials": materials}, sys.stdout)


if __name__ == "__main__":
    main()

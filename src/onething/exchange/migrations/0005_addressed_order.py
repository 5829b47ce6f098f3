"""
The order that a reply speaks of, in one round trip: take its case's turn, then read and lock it.

Each statement of such a function sees what was committed before it, so the reading sees what the holder of the turn
before us wrote; as one statement it would not. The function has the caller's rights and walls.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION exchange_addressed_order(wanted uuid, words bytea, message text)
RETURNS TABLE (turn text, case_id uuid, task_id uuid, person_id uuid, round int, state text, due date, department text,
               owner text, port_id uuid, is_known boolean, is_delivered_again boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE name text;
BEGIN
    SELECT 'case:' || o.case_id INTO name FROM exchange_order o WHERE o.id = wanted;
    PERFORM pg_advisory_xact_lock(hashtextextended(name, 0));
    RETURN QUERY
    SELECT name, o.case_id, o.task_id, o.person_id, o.round::int, o.state::text, o.due, o.department::text,
           o.owner::text, o.port_id,
           EXISTS (SELECT 1 FROM exchange_reply r WHERE r.order_id = o.id AND r.digest = words AND r.round = o.round
                                                    AND r.disposition = 'applied'),
           EXISTS (SELECT 1 FROM exchange_reply r WHERE r.order_id = o.id AND r.message_id = message)
    FROM exchange_order o WHERE o.id = wanted FOR UPDATE OF o;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_amendments")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION exchange_addressed_order(uuid, bytea, text)")]

"""What waits at each desk is counted as it moves: open orders by day and stage, given back ones, withdrawn ones."""

from django.db import migrations

ORDERS = """
-- How far a desk is with an order; nothing once it is not the desk's concern any more. The same as models.orders.STAGE.
CREATE FUNCTION exchange_stage(state text, round integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN state = 'returned' THEN 'returned'
                WHEN state NOT IN ('waiting', 'sent', 'acknowledged', 'dead') THEN NULL
                WHEN state = 'acknowledged' THEN 'begun' WHEN round > 1 THEN 'fixed' ELSE 'new' END
$$;
-- A desk, and its rows of one matter.
CREATE FUNCTION exchange_places(organisation text, matter text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY[organisation, organisation || '/' || matter]
$$;

CREATE FUNCTION exchange_orders_placed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO tallies_change (board, places, cell, day, rows)
    SELECT 'orders', exchange_places(o.organisation, o.matter),
           exchange_stage(o.state, o.round) || '|' || coalesce(o.post_id::text, ''), coalesce(o.due, '9999-12-31'), 1
    FROM placed o WHERE o.organisation <> '' AND exchange_stage(o.state, o.round) IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_new AFTER INSERT ON exchange_order REFERENCING NEW TABLE AS placed FOR EACH STATEMENT
    EXECUTE FUNCTION exchange_orders_placed();

CREATE FUNCTION exchange_order_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tallies_move('orders',
        CASE WHEN OLD.organisation <> '' AND exchange_stage(OLD.state, OLD.round) IS NOT NULL
             THEN exchange_places(OLD.organisation, OLD.matter) END,
        exchange_stage(OLD.state, OLD.round) || '|' || coalesce(OLD.post_id::text, ''), OLD.due,
        CASE WHEN TG_OP <> 'DELETE' AND NEW.organisation <> '' AND exchange_stage(NEW.state, NEW.round) IS NOT NULL
             THEN exchange_places(NEW.organisation, NEW.matter) END,
        exchange_stage(NEW.state, NEW.round) || '|' || coalesce(NEW.post_id::text, ''), NEW.due);
    RETURN NULL;
END $$;
CREATE TRIGGER tally_moved AFTER UPDATE OF state, round, organisation, matter, post_id, due ON exchange_order
    FOR EACH ROW WHEN ((exchange_stage(OLD.state, OLD.round), OLD.organisation, OLD.matter, OLD.post_id, OLD.due)
          IS DISTINCT FROM (exchange_stage(NEW.state, NEW.round), NEW.organisation, NEW.matter, NEW.post_id, NEW.due))
    EXECUTE FUNCTION exchange_order_moved();
CREATE TRIGGER tally_gone AFTER DELETE ON exchange_order FOR EACH ROW EXECUTE FUNCTION exchange_order_moved();
"""
ORDERS_BACK = """
DROP TRIGGER tally_gone ON exchange_order; DROP TRIGGER tally_moved ON exchange_order;
DROP TRIGGER tally_new ON exchange_order;
DROP FUNCTION exchange_order_moved(); DROP FUNCTION exchange_orders_placed();
DROP FUNCTION exchange_places(text, text); DROP FUNCTION exchange_stage(text, integer);
"""

WITHDRAWALS = """
-- The orders that nobody wants any more, while no officer has noted it.
CREATE VIEW exchange_withdrawals WITH (security_invoker = true) AS
SELECT o.id AS subject, exchange_places(o.organisation, o.matter) AS places,
       'withdrawn|' || coalesce(o.post_id::text, '') AS cell, coalesce(o.due, '9999-12-31'::date) AS day
FROM exchange_order o WHERE o.organisation <> '' AND o.state = 'cancelled' AND EXISTS (
    SELECT 1 FROM exchange_amendment a WHERE a.order_id = o.id AND a.kind = 'withdrawal' AND a.acknowledged_at IS NULL);

CREATE FUNCTION exchange_reckon_withdrawal(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mark tallies_mark; lies record;
BEGIN
    mark := tallies_hold('withdrawals', wanted);
    SELECT * INTO lies FROM exchange_withdrawals w WHERE w.subject = wanted;
    PERFORM tallies_reckoned(mark, lies.places, lies.cell, lies.day);
END $$;
CREATE FUNCTION exchange_withdrawal_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM exchange_reckon_withdrawal(CASE TG_TABLE_NAME WHEN 'exchange_order' THEN coalesce(NEW.id, OLD.id)
                                            ELSE (to_jsonb(coalesce(NEW, OLD)) ->> 'order_id')::uuid END);
    RETURN NULL;
END $$;
CREATE TRIGGER tally_new AFTER INSERT ON exchange_amendment FOR EACH ROW WHEN (NEW.kind = 'withdrawal')
    EXECUTE FUNCTION exchange_withdrawal_moved();
CREATE TRIGGER tally_moved AFTER UPDATE OF acknowledged_at ON exchange_amendment FOR EACH ROW
    WHEN (NEW.kind = 'withdrawal') EXECUTE FUNCTION exchange_withdrawal_moved();
CREATE TRIGGER tally_gone AFTER DELETE ON exchange_amendment FOR EACH ROW WHEN (OLD.kind = 'withdrawal')
    EXECUTE FUNCTION exchange_withdrawal_moved();
CREATE TRIGGER tally_withdrawn AFTER UPDATE OF state, organisation, matter, post_id, due ON exchange_order FOR EACH ROW
    WHEN ((OLD.state = 'cancelled' OR NEW.state = 'cancelled')
          AND (OLD.state, OLD.organisation, OLD.matter, OLD.post_id, OLD.due)
              IS DISTINCT FROM (NEW.state, NEW.organisation, NEW.matter, NEW.post_id, NEW.due))
    EXECUTE FUNCTION exchange_withdrawal_moved();
CREATE TRIGGER tally_withdrawn_gone AFTER DELETE ON exchange_order FOR EACH ROW WHEN (OLD.state = 'cancelled')
    EXECUTE FUNCTION exchange_withdrawal_moved();
"""
WITHDRAWALS_BACK = """
DROP TRIGGER tally_withdrawn_gone ON exchange_order; DROP TRIGGER tally_withdrawn ON exchange_order;
DROP TRIGGER tally_gone ON exchange_amendment; DROP TRIGGER tally_moved ON exchange_amendment;
DROP TRIGGER tally_new ON exchange_amendment;
DROP FUNCTION exchange_withdrawal_moved(); DROP FUNCTION exchange_reckon_withdrawal(uuid);
DROP VIEW exchange_withdrawals;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0009_key_with_the_order"), ("tallies", "0001_initial")]
    operations = [migrations.RunSQL(ORDERS, ORDERS_BACK), migrations.RunSQL(WITHDRAWALS, WITHDRAWALS_BACK)]

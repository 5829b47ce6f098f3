"""The piles of the work list, concerns and threads are counted as they move, not when somebody looks."""

from django.db import migrations

PILES = """
-- Reckon anew in which pile of the work list a case lies: on the first day by which something of it is due; whether
-- that is a matter's own day or only the whole's, and whether something waits for the person.
CREATE FUNCTION cases_reckon(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mark tallies_mark; lies record;
BEGIN
    mark := tallies_hold('cases', wanted);
    SELECT * INTO lies FROM cases_piles p WHERE p.subject = wanted;
    IF (mark.places, mark.cell, mark.day) IS DISTINCT FROM (lies.places, lies.cell, lies.day) THEN
        PERFORM tallies_reckoned(mark, lies.places, lies.cell, lies.day);
    END IF;
END $$;

CREATE VIEW cases_piles WITH (security_invoker = true) AS
SELECT c.id AS subject, tallies_divisions(c.region, c.intake_region) AS places,
       CASE WHEN t.day <= coalesce(c.due, '9999-12-31') THEN 'matter' ELSE 'whole' END
           || CASE WHEN t.mending THEN '+person' ELSE '' END AS cell,
       least(t.day, c.due, '9999-12-31'::date) AS day
FROM cases_case c CROSS JOIN LATERAL (
    SELECT min(due) FILTER (WHERE state IN ('at_department', 'in_work')) AS day,
           coalesce(bool_or(state = 'with_person'), false) AS mending
    FROM cases_task WHERE case_id = c.id) AS t
WHERE c.state = 'running';

CREATE FUNCTION cases_case_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cases_reckon(coalesce(NEW.id, OLD.id));
    RETURN NULL;
END $$;
CREATE FUNCTION cases_task_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cases_reckon(coalesce(NEW.case_id, OLD.case_id));
    RETURN NULL;
END $$;
CREATE FUNCTION cases_tasks_laid_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cases_reckon(case_id) FROM (
        SELECT DISTINCT case_id FROM laid_out WHERE state IN ('at_department', 'in_work', 'with_person')) AS begun;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_new AFTER INSERT ON cases_case FOR EACH ROW WHEN (NEW.state = 'running')
    EXECUTE FUNCTION cases_case_moved();
CREATE TRIGGER tally_moved AFTER UPDATE OF state, due, region, intake_region ON cases_case FOR EACH ROW
    WHEN ((OLD.state = 'running' OR NEW.state = 'running')
          AND (OLD.state, OLD.due, OLD.region, OLD.intake_region)
              IS DISTINCT FROM (NEW.state, NEW.due, NEW.region, NEW.intake_region))
    EXECUTE FUNCTION cases_case_moved();
CREATE TRIGGER tally_gone AFTER DELETE ON cases_case FOR EACH ROW WHEN (OLD.state = 'running')
    EXECUTE FUNCTION cases_case_moved();
CREATE TRIGGER tally_new AFTER INSERT ON cases_task REFERENCING NEW TABLE AS laid_out FOR EACH STATEMENT
    EXECUTE FUNCTION cases_tasks_laid_out();
CREATE TRIGGER tally_moved AFTER UPDATE OF state, due ON cases_task FOR EACH ROW
    WHEN ((OLD.state IN ('at_department', 'in_work')) <> (NEW.state IN ('at_department', 'in_work'))
          OR (OLD.state = 'with_person') <> (NEW.state = 'with_person')
          OR NEW.state IN ('at_department', 'in_work') AND OLD.due IS DISTINCT FROM NEW.due)
    EXECUTE FUNCTION cases_task_moved();
CREATE TRIGGER tally_gone AFTER DELETE ON cases_task FOR EACH ROW
    WHEN (OLD.state IN ('at_department', 'in_work', 'with_person')) EXECUTE FUNCTION cases_task_moved();
"""
PILES_BACK = """
DROP TRIGGER tally_gone ON cases_task; DROP TRIGGER tally_moved ON cases_task; DROP TRIGGER tally_new ON cases_task;
DROP TRIGGER tally_gone ON cases_case; DROP TRIGGER tally_moved ON cases_case; DROP TRIGGER tally_new ON cases_case;
DROP FUNCTION cases_tasks_laid_out(); DROP FUNCTION cases_task_moved(); DROP FUNCTION cases_case_moved();
DROP FUNCTION cases_reckon(uuid); DROP VIEW cases_piles;
"""

QUEUE = """
CREATE FUNCTION cases_concern_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tallies_move('concerns',
        CASE WHEN TG_OP <> 'INSERT' AND OLD.done_at IS NULL THEN tallies_divisions(OLD.region) END,
        coalesce(OLD.taken_by::text, ''), OLD.due,
        CASE WHEN TG_OP <> 'DELETE' AND NEW.done_at IS NULL THEN tallies_divisions(NEW.region) END,
        coalesce(NEW.taken_by::text, ''), NEW.due);
    RETURN NULL;
END $$;
CREATE TRIGGER tally AFTER INSERT OR DELETE OR UPDATE OF done_at, region, taken_by, due ON cases_concern
    FOR EACH ROW EXECUTE FUNCTION cases_concern_moved();

CREATE FUNCTION cases_thread_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tallies_move('threads',
        CASE WHEN TG_OP <> 'INSERT' AND OLD.unanswered > 0 THEN tallies_divisions(OLD.region) END, '', OLD.due,
        CASE WHEN TG_OP <> 'DELETE' AND NEW.unanswered > 0 THEN tallies_divisions(NEW.region) END, '', NEW.due);
    RETURN NULL;
END $$;
CREATE TRIGGER tally AFTER INSERT OR DELETE OR UPDATE OF unanswered, region, due ON cases_thread
    FOR EACH ROW EXECUTE FUNCTION cases_thread_moved();
"""
QUEUE_BACK = """
DROP TRIGGER tally ON cases_thread; DROP FUNCTION cases_thread_moved();
DROP TRIGGER tally ON cases_concern; DROP FUNCTION cases_concern_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_questions"), ("tallies", "0001_initial")]
    operations = [migrations.RunSQL(PILES, PILES_BACK), migrations.RunSQL(QUEUE, QUEUE_BACK)]

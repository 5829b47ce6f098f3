from django.db import migrations

FUNCTION = """
CREATE INDEX journal_jobs_by_lock ON procrastinate_jobs (lock)
    WHERE lock IS NOT NULL AND status IN ('todo', 'doing');  -- read by journal_nothing_waits and by the queue itself
CREATE FUNCTION journal_nothing_waits(wanted text[]) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM procrastinate_jobs
               WHERE lock = ANY (wanted) AND lock IS NOT NULL AND status IN ('todo', 'doing')) THEN
        RAISE EXCEPTION 'a job waits for one of these locks' USING ERRCODE = 'OT001';
    END IF;
END $$;
"""
BACK = "DROP FUNCTION journal_nothing_waits(text[]); DROP INDEX journal_jobs_by_lock;"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(FUNCTION, BACK)]

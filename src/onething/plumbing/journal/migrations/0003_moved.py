from django.db import migrations

TABLE = """
CREATE TABLE journal_moved (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    ahead bigint NOT NULL CHECK (ahead > 0)
);
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON journal_moved
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
"""


class Migration(migrations.Migration):
    """How far the journal's count of transactions is ahead of this server's, after it was moved to another one."""

    dependencies = [("journal", "0002_nothing_waits")]
    operations = [migrations.RunSQL(TABLE, "DROP TABLE journal_moved;")]

"""Changes, tallies and marks, and the functions by which triggers write them: as their owner, whoever moves the row."""

import django.contrib.postgres.fields
from django.db import migrations, models

FUNCTIONS = """
ALTER TABLE tallies_mark SET (fillfactor = 70);

-- A division and all above it: whose counters a row of these divisions goes into. '' is the nation.
CREATE FUNCTION tallies_divisions(VARIADIC codes text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT left(code, digits))
    FROM unnest(codes) AS c(code), unnest(ARRAY[0, 2, 4, 6, 9, 12]) AS l(digits)
    WHERE digits = 0 OR rtrim(left(code, digits), '0') <> '' AND length(code) = 12
$$;

-- One row leaves where it was (none: it is new) and comes to where it is (none: it is gone).
CREATE FUNCTION tallies_move(board text, places_was text[], cell_was text, day_was date,
                             places_is text[], cell_is text, day_is date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (places_was, cell_was, day_was) IS DISTINCT FROM (places_is, cell_is, day_is) THEN
        INSERT INTO tallies_change (board, places, cell, day, rows)
        SELECT board, m.places, m.cell, coalesce(m.day, '9999-12-31'), m.rows
        FROM (VALUES (places_was, cell_was, day_was, -1), (places_is, cell_is, day_is, 1)) AS m(places, cell, day, rows)
        WHERE m.places IS NOT NULL;
    END IF;
END $$;

-- Take the turn of a row whose pile follows from several tables; to be followed by tallies_reckoned.
CREATE FUNCTION tallies_hold(board_of text, wanted uuid) RETURNS tallies_mark
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE mark tallies_mark;
BEGIN
    SELECT * INTO mark FROM tallies_mark m WHERE m.subject = wanted AND m.board = board_of FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO tallies_mark (board, subject, places, cell, day) VALUES (board_of, wanted, '{}', '', '9999-12-31')
        ON CONFLICT DO NOTHING;
        SELECT * INTO mark FROM tallies_mark m WHERE m.subject = wanted AND m.board = board_of FOR UPDATE;
    END IF;
    RETURN mark;
END $$;

-- Say where the row of a held mark lies now (places none: in no pile); its mark goes with it.
CREATE FUNCTION tallies_reckoned(mark tallies_mark, places_is text[], cell_is text, day_is date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF places_is IS NULL THEN
        DELETE FROM tallies_mark m WHERE m.id = mark.id;
    ELSIF (mark.places, mark.cell, mark.day) IS DISTINCT FROM (places_is, cell_is, day_is) THEN
        UPDATE tallies_mark m SET places = places_is, cell = cell_is, day = day_is WHERE m.id = mark.id;
    ELSE
        RETURN;
    END IF;
    PERFORM tallies_move(mark.board, nullif(mark.places, '{}'), mark.cell, mark.day, places_is, cell_is, day_is);
END $$;
"""
BACK = """
DROP FUNCTION tallies_reckoned(tallies_mark, text[], text, date);
DROP FUNCTION tallies_hold(text, uuid);
DROP FUNCTION tallies_move(text, text[], text, date, text[], text, date);
DROP FUNCTION tallies_divisions(text[]);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("board", models.TextField()),
                ("place", models.TextField()),
                ("cell", models.TextField()),
                ("day", models.DateField()),
                ("rows", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("board", "place", "day", "cell"), name="tallies_once")],
            },
        ),
        migrations.CreateModel(
            name="TallyChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("board", models.TextField()),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("cell", models.TextField()),
                ("day", models.DateField()),
                ("rows", models.SmallIntegerField()),
            ],
            options={"db_table": "tallies_change"},
        ),
        migrations.CreateModel(
            name="TallyMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("board", models.TextField()),
                ("subject", models.UUIDField()),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("cell", models.TextField()),
                ("day", models.DateField()),
            ],
            options={
                "db_table": "tallies_mark",
                "constraints": [models.UniqueConstraint(fields=("subject", "board"), name="tallies_mark_once")],
            },
        ),
        migrations.RunSQL(FUNCTIONS, BACK),
    ]

--
-- PostgreSQL database dump
--

\restrict 4lRJJHFL4cofYogpQaKmVpqPKpWSmzkp1oxf9Bldkv73C2gV1vmQFqzfssYbad9

-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: procrastinate_job_event_type; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);


--
-- Name: procrastinate_job_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);


--
-- Name: procrastinate_job_to_defer_v1; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);


--
-- Name: journal_is_append_only(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.journal_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only';
END $$;


--
-- Name: procrastinate_cancel_job_v1(bigint, boolean, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;


--
-- Name: procrastinate_defer_jobs_v1(public.procrastinate_job_to_defer_v1[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;


--
-- Name: procrastinate_defer_periodic_job_v2(character varying, character varying, character varying, character varying, integer, character varying, bigint, jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: procrastinate_jobs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);


--
-- Name: procrastinate_fetch_job_v2(character varying[], bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;


--
-- Name: procrastinate_finish_job_v1(bigint, public.procrastinate_job_status, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;


--
-- Name: procrastinate_notify_queue_abort_job_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_notify_queue_job_inserted_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_prune_stalled_workers_v1(double precision); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;


--
-- Name: procrastinate_register_worker_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;


--
-- Name: procrastinate_retry_job_v1(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;


--
-- Name: procrastinate_retry_job_v2(bigint, timestamp with time zone, integer, character varying, character varying); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;


--
-- Name: procrastinate_trigger_abort_requested_events_procedure_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;


--
-- Name: procrastinate_trigger_function_scheduled_events_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_trigger_function_status_events_insert_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_trigger_function_status_events_update_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;


--
-- Name: procrastinate_unlink_periodic_defers_v1(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;


--
-- Name: procrastinate_unregister_worker_v1(bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;


--
-- Name: procrastinate_update_heartbeat_v1(bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;


--
-- Name: auth_group; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


--
-- Name: auth_group_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_group_permissions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_permission; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: cases_case; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cases_case (
    id uuid NOT NULL,
    number character varying(24) NOT NULL,
    person_id uuid NOT NULL,
    masked_name text NOT NULL,
    region character varying(12) NOT NULL,
    plan jsonb NOT NULL,
    answers bytea NOT NULL,
    state text NOT NULL,
    happened text[] NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    promised date NOT NULL,
    due date,
    settled_at timestamp with time zone,
    release_id uuid NOT NULL,
    CONSTRAINT case_settled_has_time CHECK ((((settled_at IS NULL) AND (state = 'running'::text)) OR ((NOT (state = 'running'::text)) AND (settled_at IS NOT NULL)))),
    CONSTRAINT case_state_known CHECK ((state = ANY (ARRAY['running'::text, 'settled'::text, 'withdrawn'::text])))
);


--
-- Name: cases_correction; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cases_correction (
    id uuid NOT NULL,
    fields text[] NOT NULL,
    materials text[] NOT NULL,
    words text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer_by date NOT NULL,
    answered_at timestamp with time zone,
    reminded_at timestamp with time zone,
    case_id uuid NOT NULL,
    task_id uuid NOT NULL,
    CONSTRAINT correction_names_something CHECK ((NOT ((fields = '{}'::text[]) AND (materials = '{}'::text[]))))
);


--
-- Name: cases_draft; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cases_draft (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    region character varying(12) NOT NULL,
    answers bytea NOT NULL,
    started_at timestamp with time zone NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    case_id uuid,
    release_id uuid NOT NULL
);


--
-- Name: cases_number; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.cases_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: cases_papertocome; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cases_papertocome (
    id bigint NOT NULL,
    material text NOT NULL,
    promised_for date NOT NULL,
    came_at timestamp with time zone,
    reminded_at timestamp with time zone,
    case_id uuid NOT NULL
);


--
-- Name: cases_papertocome_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.cases_papertocome ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_papertocome_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: cases_pause; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cases_pause (
    id bigint NOT NULL,
    why text NOT NULL,
    event text NOT NULL,
    since date NOT NULL,
    until date,
    case_id uuid NOT NULL,
    task_id uuid NOT NULL,
    CONSTRAINT pause_runs_on CHECK (((until IS NULL) OR (until >= since)))
);


--
-- Name: cases_pause_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.cases_pause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_pause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: cases_task; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cases_task (
    id uuid NOT NULL,
    matter text NOT NULL,
    department text NOT NULL,
    state text NOT NULL,
    needs text[] NOT NULL,
    events text[] NOT NULL,
    missing text[] NOT NULL,
    awaits text[] NOT NULL,
    days smallint NOT NULL,
    round smallint NOT NULL,
    started_at timestamp with time zone,
    due date,
    deadline jsonb,
    ended_at timestamp with time zone,
    reason text NOT NULL,
    remedy text NOT NULL,
    result bytea,
    seen uuid[] NOT NULL,
    case_id uuid NOT NULL,
    CONSTRAINT cases_task_days_check CHECK ((days >= 0)),
    CONSTRAINT cases_task_round_check CHECK ((round >= 0)),
    CONSTRAINT task_at_work_has_start CHECK (((NOT (state = ANY (ARRAY['at_department'::text, 'in_work'::text, 'with_person'::text]))) OR (started_at IS NOT NULL))),
    CONSTRAINT task_ended_has_time CHECK ((((ended_at IS NULL) AND (state = ANY (ARRAY['at_department'::text, 'in_work'::text, 'not_yet'::text, 'with_person'::text]))) OR ((ended_at IS NOT NULL) AND (NOT (state = ANY (ARRAY['at_department'::text, 'in_work'::text, 'not_yet'::text, 'with_person'::text])))))),
    CONSTRAINT task_refused_has_reason CHECK (((NOT (state = 'refused'::text)) OR (NOT (reason = ''::text)))),
    CONSTRAINT task_state_known CHECK ((state = ANY (ARRAY['not_yet'::text, 'at_department'::text, 'in_work'::text, 'with_person'::text, 'done'::text, 'refused'::text, 'cut_off'::text, 'withdrawn'::text])))
);


--
-- Name: cases_upload; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cases_upload (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    material text NOT NULL,
    kind text NOT NULL,
    size integer NOT NULL,
    digest character varying(64) NOT NULL,
    key text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    case_id uuid,
    draft_id uuid,
    CONSTRAINT cases_upload_size_check CHECK ((size >= 0)),
    CONSTRAINT upload_belongs_somewhere CHECK (((draft_id IS NOT NULL) OR (case_id IS NOT NULL))),
    CONSTRAINT upload_not_empty CHECK ((size > 0))
);


--
-- Name: catalogue_release; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.catalogue_release (
    id uuid NOT NULL,
    pack text NOT NULL,
    digest character varying(64) NOT NULL,
    version text NOT NULL,
    title jsonb NOT NULL,
    region character varying(12) NOT NULL,
    effective_from date NOT NULL,
    effective_to date,
    content json NOT NULL,
    published_at timestamp with time zone NOT NULL
);


--
-- Name: correspondence_document; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.correspondence_document (
    id uuid NOT NULL,
    number text NOT NULL,
    kind character varying(8) NOT NULL,
    case_id uuid,
    region character varying(12) NOT NULL,
    masked_name text NOT NULL,
    issuer text NOT NULL,
    release text NOT NULL,
    digest bytea NOT NULL,
    check_code character varying(16) NOT NULL,
    summary jsonb NOT NULL,
    storage_key character varying(64) NOT NULL,
    size integer NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT correspondence_document_size_check CHECK ((size >= 0)),
    CONSTRAINT document_kind CHECK (((kind)::text = ANY ((ARRAY['notice'::character varying, 'receipt'::character varying, 'slip'::character varying])::text[])))
);


--
-- Name: correspondence_notice; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.correspondence_notice (
    id uuid NOT NULL,
    case_id uuid,
    region character varying(12) NOT NULL,
    channel character varying(8) NOT NULL,
    kind text NOT NULL,
    once text NOT NULL,
    sealed bytea NOT NULL,
    state character varying(8) NOT NULL,
    reason text NOT NULL,
    message_id uuid,
    at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    read_at timestamp with time zone,
    person_id uuid NOT NULL,
    CONSTRAINT notice_channel CHECK (((channel)::text = ANY ((ARRAY['in_app'::character varying, 'sms'::character varying, 'email'::character varying])::text[]))),
    CONSTRAINT notice_state CHECK (((state)::text = ANY ((ARRAY['written'::character varying, 'sent'::character varying, 'failed'::character varying])::text[])))
);


--
-- Name: django_content_type; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


--
-- Name: exchange_attempt; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.exchange_attempt (
    id bigint NOT NULL,
    round smallint NOT NULL,
    number smallint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    outcome character varying(12) NOT NULL,
    status smallint,
    words character varying(200) NOT NULL,
    order_id uuid NOT NULL,
    CONSTRAINT exchange_attempt_number_check CHECK ((number >= 0)),
    CONSTRAINT exchange_attempt_round_check CHECK ((round >= 0)),
    CONSTRAINT exchange_attempt_status_check CHECK ((status >= 0))
);


--
-- Name: exchange_attempt_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.exchange_attempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.exchange_attempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: exchange_department; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.exchange_department (
    id uuid NOT NULL,
    code character varying(40) NOT NULL,
    region character varying(12) NOT NULL,
    title character varying(120) NOT NULL,
    title_en character varying(120) NOT NULL,
    organisation character varying(60) NOT NULL,
    connector character varying(20) NOT NULL,
    address character varying(300) NOT NULL,
    public_key character varying(80) NOT NULL,
    key_version integer NOT NULL,
    is_open boolean NOT NULL,
    owner character varying(80) NOT NULL,
    repeat_after interval,
    tell_after interval NOT NULL,
    CONSTRAINT exchange_department_has_owner CHECK ((NOT ((owner)::text = ''::text))),
    CONSTRAINT exchange_department_key_version_check CHECK ((key_version >= 0))
);


--
-- Name: exchange_order; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.exchange_order (
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    case_id uuid NOT NULL,
    case_number character varying(40) NOT NULL,
    person_id uuid NOT NULL,
    matter character varying(80) NOT NULL,
    title character varying(200) NOT NULL,
    department character varying(40) NOT NULL,
    region character varying(12) NOT NULL,
    organisation character varying(60) NOT NULL,
    round smallint NOT NULL,
    sealed bytea NOT NULL,
    due date,
    state character varying(12) NOT NULL,
    attempts smallint NOT NULL,
    tries_left smallint NOT NULL,
    next_attempt_at timestamp with time zone,
    claimed_at timestamp with time zone,
    receipt character varying(200) NOT NULL,
    sent_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    answered_at timestamp with time zone,
    owner character varying(80) NOT NULL,
    tell_by timestamp with time zone,
    told_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    port_id uuid,
    CONSTRAINT exchange_order_answered_at CHECK ((((answered_at IS NOT NULL) AND ((state)::text = 'answered'::text)) OR ((NOT ((state)::text = 'answered'::text)) AND (answered_at IS NULL)))),
    CONSTRAINT exchange_order_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT exchange_order_dead_was_told CHECK (((NOT ((state)::text = 'dead'::text)) OR (told_at IS NOT NULL))),
    CONSTRAINT exchange_order_is_tried_again CHECK (((NOT ((state)::text = 'waiting'::text)) OR (next_attempt_at IS NOT NULL))),
    CONSTRAINT exchange_order_round_check CHECK ((round >= 0)),
    CONSTRAINT exchange_order_somebody_is_told CHECK (((NOT ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sent'::character varying, 'acknowledged'::character varying, 'dead'::character varying])::text[]))) OR ((NOT ((owner)::text = ''::text)) AND (tell_by IS NOT NULL)))),
    CONSTRAINT exchange_order_tries_left_check CHECK ((tries_left >= 0))
);


--
-- Name: exchange_reply; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.exchange_reply (
    id uuid NOT NULL,
    message_id character varying(120) NOT NULL,
    kind character varying(12) NOT NULL,
    round smallint NOT NULL,
    sealed bytea NOT NULL,
    digest bytea NOT NULL,
    disposition character varying(12) NOT NULL,
    deliveries integer NOT NULL,
    actor character varying(80) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    order_id uuid NOT NULL,
    CONSTRAINT exchange_reply_deliveries_check CHECK ((deliveries >= 0)),
    CONSTRAINT exchange_reply_round_check CHECK ((round >= 0))
);


--
-- Name: identity_account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.identity_account (
    password character varying(128) NOT NULL,
    id uuid NOT NULL,
    username text NOT NULL,
    display_name text NOT NULL,
    is_active boolean NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    person_id uuid,
    CONSTRAINT username_is_plain CHECK ((username ~ '^[a-z][a-z0-9.-]{2,39}$'::text))
);


--
-- Name: identity_apikey; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.identity_apikey (
    id uuid NOT NULL,
    label text NOT NULL,
    hashed bytea NOT NULL,
    scopes text[] NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    account_id uuid NOT NULL,
    post_id uuid,
    CONSTRAINT api_key_expires_later CHECK ((expires_at > issued_at))
);


--
-- Name: identity_post; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.identity_post (
    id uuid NOT NULL,
    role text NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    acting boolean NOT NULL,
    account_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    region_id character varying(12) NOT NULL,
    CONSTRAINT acting_post_ends CHECK (((NOT acting) OR (valid_to IS NOT NULL))),
    CONSTRAINT post_ends_later CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)))
);


--
-- Name: identity_signincode; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.identity_signincode (
    person_id uuid NOT NULL,
    digest bytea NOT NULL,
    tries smallint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT identity_signincode_tries_check CHECK ((tries >= 0))
);


--
-- Name: identity_throttle; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.identity_throttle (
    key bytea NOT NULL,
    tries integer NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT identity_throttle_tries_check CHECK ((tries >= 0))
);


--
-- Name: journal_entry; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.journal_entry (
    id bigint NOT NULL,
    kind text NOT NULL,
    subject uuid,
    actor text NOT NULL,
    region text NOT NULL,
    at timestamp with time zone NOT NULL,
    payload jsonb NOT NULL,
    digest bytea NOT NULL,
    transaction xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT journal_entry_digest_check CHECK ((octet_length(digest) = 32))
);


--
-- Name: journal_entry_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.journal_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journal_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: journal_seal; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.journal_seal (
    number bigint NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    since bigint NOT NULL,
    until bigint NOT NULL,
    rows bigint NOT NULL,
    root bytea NOT NULL,
    previous bytea NOT NULL,
    key integer NOT NULL,
    signature bytea NOT NULL,
    manifest bytea NOT NULL,
    CONSTRAINT journal_seal_check CHECK ((since < until)),
    CONSTRAINT journal_seal_check1 CHECK ((octet_length(manifest) = (48 * rows))),
    CONSTRAINT journal_seal_number_check CHECK ((number > 0)),
    CONSTRAINT journal_seal_previous_check CHECK ((octet_length(previous) = 32)),
    CONSTRAINT journal_seal_root_check CHECK ((octet_length(root) = 32)),
    CONSTRAINT journal_seal_rows_check CHECK ((rows > 0)),
    CONSTRAINT journal_seal_signature_check CHECK ((octet_length(signature) = 64))
);
ALTER TABLE ONLY public.journal_seal ALTER COLUMN manifest SET STORAGE EXTERNAL;


--
-- Name: outgoing_message; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outgoing_message (
    id uuid NOT NULL,
    channel character varying(8) NOT NULL,
    sealed bytea NOT NULL,
    key_version smallint NOT NULL,
    state character varying(8) NOT NULL,
    sender character varying(16) NOT NULL,
    attempts smallint NOT NULL,
    next_attempt_at timestamp with time zone NOT NULL,
    reason character varying(40) NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT outgoing_channel_known CHECK (((channel)::text = ANY ((ARRAY['sms'::character varying, 'email'::character varying])::text[]))),
    CONSTRAINT outgoing_message_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT outgoing_message_key_version_check CHECK ((key_version >= 0)),
    CONSTRAINT outgoing_state_known CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'sent'::character varying, 'failed'::character varying])::text[])))
);


--
-- Name: procrastinate_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;


--
-- Name: procrastinate_periodic_defers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;


--
-- Name: procrastinate_workers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: procrastinate_workers_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: registry_knownfact; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registry_knownfact (
    id bigint NOT NULL,
    field text NOT NULL,
    sealed bytea NOT NULL,
    source text NOT NULL,
    grade smallint NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT known_fact_grade CHECK (((grade >= 1) AND (grade <= 4))),
    CONSTRAINT registry_knownfact_grade_check CHECK ((grade >= 0))
);


--
-- Name: registry_knownfact_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.registry_knownfact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.registry_knownfact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: registry_organisation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registry_organisation (
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    kind text NOT NULL,
    department text NOT NULL,
    parent_id uuid,
    region_id character varying(12) NOT NULL,
    CONSTRAINT department_has_its_code CHECK (((NOT (kind = 'department'::text)) OR (NOT (department = ''::text)))),
    CONSTRAINT organisation_kind CHECK ((kind = ANY (ARRAY['department'::text, 'station'::text])))
);


--
-- Name: registry_person; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registry_person (
    id uuid NOT NULL,
    masked_name text NOT NULL,
    sealed_name bytea,
    sealed_id_number bytea,
    sealed_phone bytea,
    id_index bytea,
    phone_index bytea,
    source text NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    forgotten_at timestamp with time zone,
    region_id character varying(12) NOT NULL,
    CONSTRAINT person_whole_or_forgotten CHECK ((((forgotten_at IS NULL) AND (id_index IS NOT NULL) AND (sealed_id_number IS NOT NULL) AND (sealed_name IS NOT NULL) AND (sealed_phone IS NOT NULL)) OR ((forgotten_at IS NOT NULL) AND (id_index IS NULL) AND (masked_name = ''::text) AND (phone_index IS NULL) AND (sealed_id_number IS NULL) AND (sealed_name IS NULL) AND (sealed_phone IS NULL))))
);


--
-- Name: registry_personkey; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registry_personkey (
    person_id uuid NOT NULL,
    version smallint NOT NULL,
    wrapped bytea NOT NULL,
    CONSTRAINT registry_personkey_version_check CHECK ((version >= 0))
);


--
-- Name: registry_region; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registry_region (
    code character varying(12) NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    level smallint GENERATED ALWAYS AS (
CASE
    WHEN ((code)::text ~~ '%000000000000'::text) THEN 0
    WHEN ((code)::text ~~ '%0000000000'::text) THEN 1
    WHEN ((code)::text ~~ '%00000000'::text) THEN 2
    WHEN ((code)::text ~~ '%000000'::text) THEN 3
    WHEN ((code)::text ~~ '%000'::text) THEN 4
    ELSE 5
END) STORED,
    valid_from date,
    valid_to date,
    source text NOT NULL,
    parent_id character varying(12),
    CONSTRAINT region_code_has_12_digits CHECK (((code)::text ~ '^\d{12}$'::text)),
    CONSTRAINT region_ends_after_it_begins CHECK (((valid_to IS NULL) OR (valid_from IS NULL) OR (valid_to > valid_from)))
);


--
-- Name: ui_preference; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ui_preference (
    account_id uuid NOT NULL,
    care smallint NOT NULL,
    CONSTRAINT preference_care_is_a_size CHECK ((care <= 3)),
    CONSTRAINT ui_preference_care_check CHECK ((care >= 0))
);


--
-- Name: procrastinate_events id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);


--
-- Name: procrastinate_jobs id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);


--
-- Name: procrastinate_periodic_defers id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);


--
-- Data for Name: auth_group; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_group (id, name) FROM stdin;
\.


--
-- Data for Name: auth_group_permissions; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_group_permissions (id, group_id, permission_id) FROM stdin;
\.


--
-- Data for Name: auth_permission; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.auth_permission (id, name, content_type_id, codename) FROM stdin;
1	Can add content type	1	add_contenttype
2	Can change content type	1	change_contenttype
3	Can delete content type	1	delete_contenttype
4	Can view content type	1	view_contenttype
5	Can add permission	2	add_permission
6	Can change permission	2	change_permission
7	Can delete permission	2	delete_permission
8	Can view permission	2	view_permission
9	Can add group	3	add_group
10	Can change group	3	change_group
11	Can delete group	3	delete_group
12	Can view group	3	view_group
13	Can add session	4	add_session
14	Can change session	4	change_session
15	Can delete session	4	delete_session
16	Can view session	4	view_session
17	Can add procrastinate event	5	add_procrastinateevent
18	Can change procrastinate event	5	change_procrastinateevent
19	Can delete procrastinate event	5	delete_procrastinateevent
20	Can view procrastinate event	5	view_procrastinateevent
21	Can add procrastinate job	6	add_procrastinatejob
22	Can change procrastinate job	6	change_procrastinatejob
23	Can delete procrastinate job	6	delete_procrastinatejob
24	Can view procrastinate job	6	view_procrastinatejob
25	Can add procrastinate periodic defer	7	add_procrastinateperiodicdefer
26	Can change procrastinate periodic defer	7	change_procrastinateperiodicdefer
27	Can delete procrastinate periodic defer	7	delete_procrastinateperiodicdefer
28	Can view procrastinate periodic defer	7	view_procrastinateperiodicdefer
29	Can add procrastinate worker	8	add_procrastinateworker
30	Can change procrastinate worker	8	change_procrastinateworker
31	Can delete procrastinate worker	8	delete_procrastinateworker
32	Can view procrastinate worker	8	view_procrastinateworker
33	Can add entry	9	add_entry
34	Can change entry	9	change_entry
35	Can delete entry	9	delete_entry
36	Can view entry	9	view_entry
37	Can add seal	10	add_seal
38	Can change seal	10	change_seal
39	Can delete seal	10	delete_seal
40	Can view seal	10	view_seal
41	Can add message	11	add_message
42	Can change message	11	change_message
43	Can delete message	11	delete_message
44	Can view message	11	view_message
45	Can add preference	12	add_preference
46	Can change preference	12	change_preference
47	Can delete preference	12	delete_preference
48	Can view preference	12	view_preference
49	Can add person	13	add_person
50	Can change person	13	change_person
51	Can delete person	13	delete_person
52	Can view person	13	view_person
53	Can add person key	14	add_personkey
54	Can change person key	14	change_personkey
55	Can delete person key	14	delete_personkey
56	Can view person key	14	view_personkey
57	Can add region	15	add_region
58	Can change region	15	change_region
59	Can delete region	15	delete_region
60	Can view region	15	view_region
61	Can add organisation	16	add_organisation
62	Can change organisation	16	change_organisation
63	Can delete organisation	16	delete_organisation
64	Can view organisation	16	view_organisation
65	Can add known fact	17	add_knownfact
66	Can change known fact	17	change_knownfact
67	Can delete known fact	17	delete_knownfact
68	Can view known fact	17	view_knownfact
69	Can add account	18	add_account
70	Can change account	18	change_account
71	Can delete account	18	delete_account
72	Can view account	18	view_account
73	Can add post	19	add_post
74	Can change post	19	change_post
75	Can delete post	19	delete_post
76	Can view post	19	view_post
77	Can add api key	20	add_apikey
78	Can change api key	20	change_apikey
79	Can delete api key	20	delete_apikey
80	Can view api key	20	view_apikey
81	Can add sign in code	21	add_signincode
82	Can change sign in code	21	change_signincode
83	Can delete sign in code	21	delete_signincode
84	Can view sign in code	21	view_signincode
85	Can add throttle	22	add_throttle
86	Can change throttle	22	change_throttle
87	Can delete throttle	22	delete_throttle
88	Can view throttle	22	view_throttle
89	Can add release	23	add_release
90	Can change release	23	change_release
91	Can delete release	23	delete_release
92	Can view release	23	view_release
93	Can add document	24	add_document
94	Can change document	24	change_document
95	Can delete document	24	delete_document
96	Can view document	24	view_document
97	Can add notice	25	add_notice
98	Can change notice	25	change_notice
99	Can delete notice	25	delete_notice
100	Can view notice	25	view_notice
101	Can add department	26	add_department
102	Can change department	26	change_department
103	Can delete department	26	delete_department
104	Can view department	26	view_department
105	Can add order	27	add_order
106	Can change order	27	change_order
107	Can delete order	27	delete_order
108	Can view order	27	view_order
109	Can add attempt	28	add_attempt
110	Can change attempt	28	change_attempt
111	Can delete attempt	28	delete_attempt
112	Can view attempt	28	view_attempt
113	Can add reply	29	add_reply
114	Can change reply	29	change_reply
115	Can delete reply	29	delete_reply
116	Can view reply	29	view_reply
117	Can add case	30	add_case
118	Can change case	30	change_case
119	Can delete case	30	delete_case
120	Can view case	30	view_case
121	Can add draft	31	add_draft
122	Can change draft	31	change_draft
123	Can delete draft	31	delete_draft
124	Can view draft	31	view_draft
125	Can add paper to come	32	add_papertocome
126	Can change paper to come	32	change_papertocome
127	Can delete paper to come	32	delete_papertocome
128	Can view paper to come	32	view_papertocome
129	Can add task	33	add_task
130	Can change task	33	change_task
131	Can delete task	33	delete_task
132	Can view task	33	view_task
133	Can add pause	34	add_pause
134	Can change pause	34	change_pause
135	Can delete pause	34	delete_pause
136	Can view pause	34	view_pause
137	Can add correction	35	add_correction
138	Can change correction	35	change_correction
139	Can delete correction	35	delete_correction
140	Can view correction	35	view_correction
141	Can add upload	36	add_upload
142	Can change upload	36	change_upload
143	Can delete upload	36	delete_upload
144	Can view upload	36	view_upload
\.


--
-- Data for Name: cases_case; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.cases_case (id, number, person_id, masked_name, region, plan, answers, state, happened, submitted_at, promised, due, settled_at, release_id) FROM stdin;
feaccb14-82e2-4d6b-b0db-d4087e904027	TY20260909000001	6b12611d-ba06-482b-86bf-4910a08229a5	何*松	990123000000	{"on": "2026-09-09", "form": {"fields": [{"id": "full_name", "ask": "prefill", "hint": null, "type": "text", "label": {"en": "Full name", "zh": "姓名"}, "because": {"en": "The platform knows it already; please check it", "zh": "平台已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:51", "because": {"en": "To know who is reporting.", "zh": "要知道是谁来报到。"}}, {"matter": "reserve_registration", "source": "L3:17", "because": {"en": "To find your entry in the register.", "zh": "找到您原来的兵役登记。"}}, {"matter": "household_registration", "source": "L9:13", "because": {"en": "The name to be registered.", "zh": "户口上登记的名字。"}}, {"matter": "id_card", "source": "L10:3", "because": {"en": "Printed on the card.", "zh": "身份证上要印。"}}, {"matter": "social_insurance_registration", "source": "L19:6", "because": {"en": "The person to be insured.", "zh": "登记参保的人。"}}, {"matter": "medical_insurance_registration", "source": "L19:6", "because": {"en": "The person to be insured.", "zh": "登记参保的人。"}}, {"matter": "pension_transfer", "source": "F17", "because": {"en": "To match the army's voucher.", "zh": "和部队的凭证对上。"}}, {"matter": "medical_transfer", "source": "L1:81", "because": {"en": "To match the army's voucher.", "zh": "和部队的凭证对上。"}}, {"matter": "social_security_card", "source": "L19:7", "because": {"en": "Printed on the card.", "zh": "卡上要印。"}}, {"matter": "self_employment_grant", "source": "L1:23", "because": {"en": "To say who is to be paid.", "zh": "钱发给谁，要写清楚。"}}, {"matter": "skills_training", "source": "L2:36", "because": {"en": "A name is needed to enrol.", "zh": "报名要有名字。"}}, {"matter": "membership_transfer", "source": "F11", "because": {"en": "To say whose membership moves.", "zh": "转谁的关系，要写清楚。"}}, {"matter": "job_seeker_registration", "source": "L2:41", "because": {"en": "The person looking for work.", "zh": "登记求职的人。"}}, {"matter": "id_card", "source": "L10:10", "because": {"en": "The law wants this form; it is generated from what you gave.", "zh": "法律要这张表，内容您都填过了，自动生成。"}}, {"matter": "self_employment_grant", "source": "F13", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}, {"matter": "skills_training", "source": "S3", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}], "question": {"en": "What is your name?", "zh": "您叫什么名字？"}, "required": true, "sensitive": true}, {"id": "id_number", "ask": "prefill", "hint": {"en": "18 characters; the last may be X.", "zh": "18 位，最后一位可能是 X。"}, "type": "id_number", "label": {"en": "ID number", "zh": "身份证号"}, "because": {"en": "The platform knows it already; please check it", "zh": "平台已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:51", "because": {"en": "To match the roster the army sent.", "zh": "要和部队送来的名册对上。"}}, {"matter": "reserve_registration", "source": "L3:17", "because": {"en": "To find your entry in the register.", "zh": "找到您原来的兵役登记。"}}, {"matter": "household_registration", "source": "L9:13", "because": {"en": "Your number stays the same.", "zh": "号码不变，接着用原来的。"}}, {"matter": "id_card", "source": "L10:3", "because": {"en": "Printed on the card; it stays the same.", "zh": "身份证上要印，号码不变。"}}, {"matter": "social_insurance_registration", "source": "L19:6", "because": {"en": "The social security number is your ID number.", "zh": "社会保障号就是身份证号。"}}, {"matter": "medical_insurance_registration", "source": "L19:6", "because": {"en": "Medical and social insurance share one number.", "zh": "医保和社保用同一个号。"}}, {"matter": "pension_transfer", "source": "F17", "because": {"en": "To match the army's voucher.", "zh": "和部队的凭证对上。"}}, {"matter": "medical_transfer", "source": "L1:81", "because": {"en": "To match the army's voucher.", "zh": "和部队的凭证对上。"}}, {"matter": "social_security_card", "source": "L19:6", "because": {"en": "The social security number is your ID number.", "zh": "社会保障号就是身份证号。"}}, {"matter": "self_employment_grant", "source": "L1:23", "because": {"en": "To check that the payee is you.", "zh": "核对收款人就是您。"}}, {"matter": "skills_training", "source": "L2:36", "because": {"en": "The subsidy is checked per person.", "zh": "培训补贴按人核对，不重复领。"}}, {"matter": "membership_transfer", "source": "F11", "because": {"en": "To match the letter and keep namesakes apart.", "zh": "和介绍信对上，防止同名。"}}, {"matter": "job_seeker_registration", "source": "L2:41", "because": {"en": "Each person is registered once.", "zh": "一个人只登记一次。"}}, {"matter": "id_card", "source": "L10:10", "because": {"en": "The law wants this form; it is generated from what you gave.", "zh": "法律要这张表，内容您都填过了，自动生成。"}}, {"matter": "self_employment_grant", "source": "F13", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}, {"matter": "skills_training", "source": "S3", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}], "question": {"en": "What is your ID number?", "zh": "您的身份证号是多少？"}, "required": true, "sensitive": true}, {"id": "sex", "ask": "prefill", "hint": null, "type": "choice", "label": {"en": "Sex", "zh": "性别"}, "because": {"en": "County Police Bureau (police stations) knows it already; please check it", "zh": "县级公安局（派出所）已掌握，代您填好，请核对"}, "options": [{"title": {"en": "Male", "zh": "男"}, "value": "male"}, {"title": {"en": "Female", "zh": "女"}, "value": "female"}], "used_by": [{"matter": "household_registration", "source": "L9:13", "because": {"en": "It is entered on the page.", "zh": "户口页上要登记。"}}, {"matter": "id_card", "source": "L10:3", "because": {"en": "Printed on the card.", "zh": "身份证上要印。"}}, {"matter": "social_insurance_registration", "source": "L19:11", "because": {"en": "Part of the insurance record.", "zh": "参保记录里要有。"}}, {"matter": "social_security_card", "source": "L19:7", "because": {"en": "The bank registers it with the account.", "zh": "银行开户要登记。"}}, {"matter": "id_card", "source": "L10:10", "because": {"en": "The law wants this form; it is generated from what you gave.", "zh": "法律要这张表，内容您都填过了，自动生成。"}}], "question": {"en": "Are you male or female?", "zh": "您是男是女？"}, "required": true, "sensitive": false}, {"id": "ethnicity", "ask": "prefill", "hint": null, "type": "text", "label": {"en": "Ethnicity", "zh": "民族"}, "because": {"en": "County Police Bureau (police stations) knows it already; please check it", "zh": "县级公安局（派出所）已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "household_registration", "source": "L9:13", "because": {"en": "It is entered on the page.", "zh": "户口页上要登记。"}}, {"matter": "id_card", "source": "L10:3", "because": {"en": "Printed on the card.", "zh": "身份证上要印。"}}, {"matter": "id_card", "source": "L10:10", "because": {"en": "The law wants this form; it is generated from what you gave.", "zh": "法律要这张表，内容您都填过了，自动生成。"}}], "question": {"en": "What is your ethnicity?", "zh": "您是哪个民族？"}, "required": true, "sensitive": false}, {"id": "birth_date", "ask": "prefill", "hint": null, "type": "date", "label": {"en": "Date of birth", "zh": "出生日期"}, "because": {"en": "County Police Bureau (police stations) knows it already; please check it", "zh": "县级公安局（派出所）已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "reserve_registration", "source": "L11:52", "because": {"en": "The reserve has age limits.", "zh": "预备役有年龄上限。"}}, {"matter": "household_registration", "source": "L9:13", "because": {"en": "It is entered on the page.", "zh": "户口页上要登记。"}}, {"matter": "id_card", "source": "L10:3", "because": {"en": "Printed on the card.", "zh": "身份证上要印。"}}, {"matter": "social_insurance_registration", "source": "L19:11", "because": {"en": "Part of the insurance record.", "zh": "参保记录里要有。"}}, {"matter": "social_security_card", "source": "L19:7", "because": {"en": "The bank registers it with the account.", "zh": "银行开户要登记。"}}, {"matter": "id_card", "source": "L10:10", "because": {"en": "The law wants this form; it is generated from what you gave.", "zh": "法律要这张表，内容您都填过了，自动生成。"}}], "question": {"en": "When were you born?", "zh": "您是哪天出生的？"}, "required": true, "sensitive": false}, {"id": "phone", "ask": "prefill", "hint": {"en": "Used only to tell you how far things are.", "zh": "只用来告诉您办到哪了。"}, "type": "phone", "label": {"en": "Mobile number", "zh": "手机号"}, "because": {"en": "The platform knows it already; please check it", "zh": "平台已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:53", "because": {"en": "To tell you when the letter is ready or something is missing.", "zh": "开好介绍信、缺了什么，要找得到您。"}}, {"matter": "reserve_registration", "source": "L3:17", "because": {"en": "The Armed Forces Department must be able to reach you.", "zh": "人武部要能联系上您。"}}, {"matter": "id_card", "source": "L10:12", "because": {"en": "To tell you when the card is made and posted.", "zh": "证做好、寄出时告诉您。"}}, {"matter": "social_insurance_registration", "source": "L19:16", "because": {"en": "To tell you the result.", "zh": "办好了告诉您。"}}, {"matter": "medical_insurance_registration", "source": "L19:16", "because": {"en": "To tell you the result.", "zh": "办好了告诉您。"}}, {"matter": "social_security_card", "source": "L19:7", "because": {"en": "Messages about the card go here.", "zh": "卡的短信提醒发到这里。"}}, {"matter": "self_employment_grant", "source": "F13", "because": {"en": "To tell you when the money is paid.", "zh": "钱到账了告诉您。"}}, {"matter": "skills_training", "source": "L2:36", "because": {"en": "To tell you before the course begins.", "zh": "开班前通知您。"}}, {"matter": "membership_transfer", "source": "F11", "because": {"en": "The receiving branch will contact you.", "zh": "接收的支部要联系您。"}}, {"matter": "job_seeker_registration", "source": "L2:41", "because": {"en": "To tell you of suitable work.", "zh": "有合适的工作告诉您。"}}], "question": {"en": "Which mobile number shall we use to reach you?", "zh": "办的时候用哪个手机号找您？"}, "required": true, "sensitive": true}, {"id": "marital_status", "ask": "prefill", "hint": null, "type": "choice", "label": {"en": "Marital status", "zh": "婚姻状况"}, "because": {"en": "County Police Bureau (police stations) knows it already; please check it", "zh": "县级公安局（派出所）已掌握，代您填好，请核对"}, "options": [{"title": {"en": "Single", "zh": "未婚"}, "value": "single"}, {"title": {"en": "Married", "zh": "已婚"}, "value": "married"}, {"title": {"en": "Divorced", "zh": "离婚"}, "value": "divorced"}, {"title": {"en": "Widowed", "zh": "丧偶"}, "value": "widowed"}], "used_by": [{"matter": "household_registration", "source": "L9:13", "because": {"en": "It is entered on the page.", "zh": "户口页上要登记。"}}], "question": {"en": "Are you married?", "zh": "您结婚了吗？"}, "required": true, "sensitive": false}, {"id": "education_level", "ask": "ask", "hint": null, "type": "choice", "label": {"en": "Education", "zh": "学历"}, "because": {"en": "Some courses need a certain schooling.", "zh": "有的课程要一定的学历。"}, "options": [{"title": {"en": "Middle school or below", "zh": "初中及以下"}, "value": "junior_middle"}, {"title": {"en": "High or vocational school", "zh": "高中或中专"}, "value": "senior_middle"}, {"title": {"en": "Junior college", "zh": "大专"}, "value": "college"}, {"title": {"en": "Bachelor", "zh": "本科"}, "value": "bachelor"}, {"title": {"en": "Postgraduate", "zh": "研究生"}, "value": "postgraduate"}], "used_by": [{"matter": "skills_training", "source": "L2:36", "because": {"en": "Some courses need a certain schooling.", "zh": "有的课程要一定的学历。"}}, {"matter": "job_seeker_registration", "source": "L2:41", "because": {"en": "Some employers look at schooling.", "zh": "有的单位招人看学历。"}}, {"matter": "skills_training", "source": "S3", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}], "question": {"en": "What is the highest school you finished?", "zh": "您最高念到哪一级？"}, "required": true, "sensitive": false}, {"id": "residence_address", "ask": "ask", "hint": {"en": "Down to the door number. Cards can be posted here.", "zh": "写到门牌号。证件和卡可以寄到这里。"}, "type": "long_text", "label": {"en": "Where you live now", "zh": "现在住的地方"}, "because": {"en": "So that the nearest service station looks after you.", "zh": "分给离您最近的服务站联系您。"}, "options": [], "used_by": [{"matter": "report_in", "source": "L2:65", "because": {"en": "So that the nearest service station looks after you.", "zh": "分给离您最近的服务站联系您。"}}, {"matter": "reserve_registration", "source": "L3:17", "because": {"en": "Your present address is registered.", "zh": "登记现在的住处。"}}, {"matter": "id_card", "source": "L10:12", "because": {"en": "The finished card is posted here.", "zh": "证做好了寄到这里。"}}, {"matter": "social_security_card", "source": "L19:7", "because": {"en": "The finished card is posted here.", "zh": "卡做好了寄到这里。"}}], "question": {"en": "Where do you live now?", "zh": "您现在住在哪里？"}, "required": true, "sensitive": true}, {"id": "hukou_cancelled", "ask": "ask", "hint": {"en": "Look at the household book: a “cancelled” stamp on your page means yes.", "zh": "看户口簿：您那一页盖了“注销”章，就是注销了。"}, "type": "boolean", "label": {"en": "Household registration was cancelled at enlistment", "zh": "入伍时户口注销了"}, "because": {"en": "Only a cancelled registration is restored; otherwise there is one matter less.", "zh": "注销了才要恢复；没注销就少办一件。"}, "options": [], "used_by": [{"matter": "household_registration", "source": "L1:53", "because": {"en": "Only a cancelled registration is restored; otherwise there is one matter less.", "zh": "注销了才要恢复；没注销就少办一件。"}}], "question": {"en": "Was your household registration cancelled when you enlisted?", "zh": "入伍时，您的户口注销了吗？"}, "required": true, "sensitive": false}, {"id": "former_hukou_address", "ask": "prefill", "hint": null, "type": "long_text", "label": {"en": "Registered address before enlistment", "zh": "入伍前的户口地址"}, "because": {"en": "County Police Bureau (police stations) knows it already; please check it", "zh": "县级公安局（派出所）已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "household_registration", "source": "L1:45", "because": {"en": "To find your old entry.", "zh": "找到您原来的户口底册。"}}], "question": {"en": "Where were you registered before you enlisted?", "zh": "入伍前，您的户口在哪里？"}, "required": true, "sensitive": true}, {"id": "moves_elsewhere", "ask": "ask", "hint": {"en": "“Yes” means somewhere else.", "zh": "选“是”，表示到别的地方（易地安置）。"}, "type": "boolean", "label": {"en": "Placed somewhere else", "zh": "到别的地方安置"}, "because": {"en": "Settling elsewhere needs a ground and proof.", "zh": "到别处安置，要另有理由和证明。"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:45", "because": {"en": "Settling elsewhere needs a ground and proof.", "zh": "到别处安置，要另有理由和证明。"}}], "question": {"en": "Do you go back to where you enlisted, or settle somewhere else?", "zh": "您是回入伍时的老家，还是到别的地方安置？"}, "required": true, "sensitive": false}, {"id": "placement_region", "ask": "prefill", "hint": null, "type": "region", "label": {"en": "Place of settlement", "zh": "安置地"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:45", "because": {"en": "To know which county receives you.", "zh": "要知道由哪个县接您。"}}], "question": {"en": "In which county do you settle?", "zh": "您在哪个县（市、区）安置？"}, "required": true, "sensitive": false}, {"id": "settle_address", "ask": "ask", "hint": {"en": "Usually your parents' home, down to the door number.", "zh": "一般是父母家。写到门牌号。"}, "type": "long_text", "label": {"en": "Address to be registered at", "zh": "要落户的地址"}, "because": {"en": "You say where you are to be registered.", "zh": "户口落在哪里，由您说。"}, "options": [], "used_by": [{"matter": "household_registration", "source": "L9:13", "because": {"en": "You say where you are to be registered.", "zh": "户口落在哪里，由您说。"}}, {"matter": "id_card", "source": "L10:3", "because": {"en": "The card shows the new registered address.", "zh": "身份证上印新的户口地址。"}}, {"matter": "medical_insurance_registration", "source": "L1:83", "because": {"en": "Residents' insurance goes by your registered address.", "zh": "居民医保在户口所在地参保。"}}], "question": {"en": "At which address shall you be registered?", "zh": "户口落在哪里？"}, "required": true, "sensitive": true}, {"id": "host_name", "ask": "ask", "hint": null, "type": "text", "label": {"en": "Head of the household", "zh": "户主姓名"}, "because": {"en": "To find the household whose book your page goes into.", "zh": "印进哪一家的户口簿，要对上户主。"}, "options": [], "used_by": [{"matter": "household_registration", "source": "L9:13", "because": {"en": "To find the household whose book your page goes into.", "zh": "印进哪一家的户口簿，要对上户主。"}}], "question": {"en": "Who is the head of that household?", "zh": "那一户的户主是谁？"}, "required": true, "sensitive": true}, {"id": "host_relation", "ask": "ask", "hint": null, "type": "choice", "label": {"en": "Your relation to the head", "zh": "您和户主的关系"}, "because": {"en": "The page states your relation to the head.", "zh": "户口页上要写您和户主的关系。"}, "options": [{"title": {"en": "I am the head", "zh": "我自己是户主"}, "value": "self"}, {"title": {"en": "Child", "zh": "子女"}, "value": "child"}, {"title": {"en": "Spouse", "zh": "配偶"}, "value": "spouse"}, {"title": {"en": "Son- or daughter-in-law", "zh": "女婿或儿媳"}, "value": "child_in_law"}, {"title": {"en": "Grandchild", "zh": "孙子女、外孙子女"}, "value": "grandchild"}, {"title": {"en": "Other relative", "zh": "别的亲属"}, "value": "other"}], "used_by": [{"matter": "household_registration", "source": "L9:13", "because": {"en": "The page states your relation to the head.", "zh": "户口页上要写您和户主的关系。"}}], "question": {"en": "What are you to the head of the household?", "zh": "您是户主的什么人？"}, "required": true, "sensitive": false}, {"id": "id_card_state", "ask": "prefill", "hint": null, "type": "choice", "label": {"en": "State of your ID card", "zh": "身份证现在的情况"}, "because": {"en": "County Police Bureau (police stations) knows it already; please check it", "zh": "县级公安局（派出所）已掌握，代您填好，请核对"}, "options": [{"title": {"en": "Valid and correct", "zh": "在有效期内，内容没错"}, "value": "valid"}, {"title": {"en": "Expired", "zh": "过期了"}, "value": "expired"}, {"title": {"en": "Damaged", "zh": "坏了，看不清"}, "value": "damaged"}, {"title": {"en": "Details are no longer right", "zh": "上面的内容不对了"}, "value": "details_wrong"}, {"title": {"en": "Lost", "zh": "丢了"}, "value": "lost"}, {"title": {"en": "Never had one, or handed in at enlistment", "zh": "没有办过，或者入伍时收走了"}, "value": "never_had"}], "used_by": [{"matter": "id_card", "source": "L10:11", "because": {"en": "Expired, damaged and lost are handled differently.", "zh": "过期、坏了、丢了，办法不一样。"}}], "question": {"en": "What state is your ID card in?", "zh": "您的身份证现在怎么样？"}, "required": true, "sensitive": false}, {"id": "soldier_kind", "ask": "prefill", "hint": null, "type": "choice", "label": {"en": "Service category at discharge", "zh": "退役时的身份"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [{"title": {"en": "Conscript", "zh": "义务兵"}, "value": "conscript"}, {"title": {"en": "Junior NCO", "zh": "初级军士"}, "value": "junior_nco"}, {"title": {"en": "Intermediate or senior NCO", "zh": "中级以上军士"}, "value": "senior_nco"}, {"title": {"en": "Officer", "zh": "军官"}, "value": "officer"}], "used_by": [{"matter": "report_in", "source": "L1:5", "because": {"en": "Conscripts, NCOs and officers are placed by different rules.", "zh": "义务兵、军士、军官的安置办法不一样。"}}, {"matter": "reserve_registration", "source": "L3:17", "because": {"en": "Soldiers and officers have different time limits.", "zh": "士兵和军官的登记期限不一样。"}}, {"matter": "pension_transfer", "source": "L1:81", "because": {"en": "NCOs and officers also have an annuity to move.", "zh": "军士和军官另有职业年金要转。"}}, {"matter": "self_employment_grant", "source": "F37", "because": {"en": "Conscripts and NCOs have different formulas.", "zh": "义务兵和军士的算法不一样。"}}], "question": {"en": "Did you leave as a conscript, an NCO or an officer?", "zh": "您退役时是义务兵、军士还是军官？"}, "required": true, "sensitive": false}, {"id": "rank", "ask": "prefill", "hint": null, "type": "choice", "label": {"en": "Rank at discharge", "zh": "退役时的军衔"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [{"title": {"en": "Private", "zh": "列兵、上等兵"}, "value": "private"}, {"title": {"en": "Corporal or sergeant", "zh": "下士、中士"}, "value": "corporal"}, {"title": {"en": "Staff sergeant, second class", "zh": "二级上士"}, "value": "sergeant"}, {"title": {"en": "Staff sergeant, first class, or above", "zh": "一级上士以上"}, "value": "senior_sergeant"}, {"title": {"en": "Officer's rank", "zh": "军官军衔"}, "value": "officer"}], "used_by": [{"matter": "reserve_registration", "source": "L11:52", "because": {"en": "The age limits go by rank.", "zh": "年龄上限按军衔分。"}}], "question": {"en": "What was your rank at discharge?", "zh": "您退役时是什么军衔？"}, "required": true, "sensitive": false}, {"id": "enlist_date", "ask": "prefill", "hint": null, "type": "date", "label": {"en": "Date of enlistment", "zh": "入伍日期"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:45", "because": {"en": "The place of settlement depends on where you were registered on that day.", "zh": "安置地看入伍那天的户口在哪里。"}}, {"matter": "pension_transfer", "source": "L1:81", "because": {"en": "Service counts as contribution years, from this day.", "zh": "军龄算作缴费年限，从这天起。"}}, {"matter": "self_employment_grant", "source": "L1:21", "because": {"en": "The grant follows years of service, from this day.", "zh": "补助按服役年限算，从这天起。"}}, {"matter": "self_employment_grant", "source": "F13", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}], "question": {"en": "When did you enlist?", "zh": "您是哪天入伍的？"}, "required": true, "sensitive": false}, {"id": "discharge_date", "ask": "prefill", "hint": {"en": "It is written on the discharge certificate.", "zh": "写在退出现役证上。"}, "type": "date", "label": {"en": "Date of approved discharge", "zh": "批准退出现役日期"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:51", "because": {"en": "The 30 days to report run from this day.", "zh": "30 天报到从这一天数起。"}}, {"matter": "reserve_registration", "source": "L3:17", "because": {"en": "The 40 days run from this day.", "zh": "40 天从这一天数起。"}}, {"matter": "household_registration", "source": "L9:13", "because": {"en": "The page states since when, and that you left the forces.", "zh": "户口页上要写从哪天、因退役迁来。"}}, {"matter": "pension_transfer", "source": "L1:81", "because": {"en": "Service counts as contribution years, up to this day.", "zh": "军龄算作缴费年限，到这天止。"}}, {"matter": "self_employment_grant", "source": "L1:21", "because": {"en": "The grant follows years of service, up to this day.", "zh": "补助按服役年限算，到这天止。"}}, {"matter": "self_employment_grant", "source": "F13", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}], "question": {"en": "On what day was your discharge approved?", "zh": "您是哪天批准退役的？"}, "required": true, "sensitive": false}, {"id": "service_months", "ask": "prefill", "hint": null, "type": "integer", "label": {"en": "Months of service", "zh": "服役月数"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:25", "because": {"en": "NCOs with 12 years have work assigned.", "zh": "军士满 12 年的，由政府安排工作。"}}, {"matter": "self_employment_grant", "source": "F37", "because": {"en": "Odd months count too.", "zh": "零头的月份也要算进去。"}}, {"matter": "self_employment_grant", "source": "F13", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}], "question": {"en": "How many months did you serve in all?", "zh": "您一共当了多少个月的兵？"}, "required": true, "sensitive": false}, {"id": "certificate_number", "ask": "prefill", "hint": {"en": "Leave empty if it has not been issued; add it later.", "zh": "证还没发下来就空着，以后再补。"}, "type": "text", "label": {"en": "Discharge certificate number", "zh": "退出现役证编号"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "F25", "because": {"en": "Checked against the certificate so that nobody is mixed up.", "zh": "和退出现役证核对，防止登错人。"}}], "question": {"en": "What is the number on your discharge certificate?", "zh": "退出现役证上的编号是多少？"}, "required": false, "sensitive": true}, {"id": "highest_merit", "ask": "prefill", "hint": {"en": "For a citation or “excellent soldier” choose “none of these”.", "zh": "嘉奖、优秀士兵选“没有以上奖励”。"}, "type": "choice", "label": {"en": "Highest award during service", "zh": "服役期间最高的一次奖励"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [{"title": {"en": "None of these", "zh": "没有以上奖励"}, "value": "none"}, {"title": {"en": "Merit, third class", "zh": "三等功"}, "value": "merit_3"}, {"title": {"en": "War merit, fourth class", "zh": "四等战功"}, "value": "war_merit_4"}, {"title": {"en": "Merit, second class", "zh": "二等功"}, "value": "merit_2"}, {"title": {"en": "War merit, third class", "zh": "三等战功"}, "value": "war_merit_3"}, {"title": {"en": "Commendation, second level", "zh": "二级表彰"}, "value": "commendation_2"}, {"title": {"en": "Merit, first class", "zh": "一等功"}, "value": "merit_1"}, {"title": {"en": "War merit, second class", "zh": "二等战功"}, "value": "war_merit_2"}, {"title": {"en": "Commendation, first level", "zh": "一级表彰"}, "value": "commendation_1"}, {"title": {"en": "War merit, first class", "zh": "一等战功"}, "value": "war_merit_1"}, {"title": {"en": "Order or title of honour", "zh": "勋章或荣誉称号"}, "value": "honour_title"}], "used_by": [{"matter": "report_in", "source": "L1:25", "because": {"en": "High merit gives the right to assigned work.", "zh": "立过大功的人，可以由政府安排工作。"}}, {"matter": "self_employment_grant", "source": "L1:22", "because": {"en": "Merit raises the lump sum by a fixed share.", "zh": "立过功的，一次性退役金按比例增发。"}}], "question": {"en": "What is the highest award you received in service?", "zh": "当兵时得过的最高奖励是哪一种？"}, "required": true, "sensitive": false}, {"id": "disability_cause", "ask": "prefill", "hint": null, "type": "choice", "label": {"en": "Cause of disability", "zh": "残疾性质"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [{"title": {"en": "None graded", "zh": "没有评过"}, "value": "none"}, {"title": {"en": "In action", "zh": "因战"}, "value": "war"}, {"title": {"en": "On duty", "zh": "因公"}, "value": "duty"}, {"title": {"en": "Illness", "zh": "因病"}, "value": "illness"}], "used_by": [{"matter": "report_in", "source": "L1:25", "because": {"en": "Disability in action changes the placement.", "zh": "因战残疾的人，安置办法不一样。"}}], "question": {"en": "Did the army grade a disability? What was the cause?", "zh": "部队给您评过残疾等级吗？是什么原因？"}, "required": true, "sensitive": true}, {"id": "martyr_child", "ask": "prefill", "hint": null, "type": "boolean", "label": {"en": "Child of a martyr", "zh": "是烈士的子女"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:25", "because": {"en": "A martyr's child has the right to assigned work.", "zh": "烈士的子女，可以由政府安排工作。"}}], "question": {"en": "Was your father or mother a martyr?", "zh": "您的父亲或者母亲是烈士吗？"}, "required": true, "sensitive": false}, {"id": "assignment_bar", "ask": "prefill", "hint": null, "type": "choice", "label": {"en": "Anything that rules out assigned work", "zh": "有没有不能安排工作的情形"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [{"title": {"en": "No", "zh": "没有"}, "value": "none"}, {"title": {"en": "Expelled from the Party", "zh": "被开除党籍"}, "value": "expelled"}, {"title": {"en": "Criminal sentence", "zh": "受过刑事处罚"}, "value": "sentenced"}, {"title": {"en": "Compulsory discharge or similar", "zh": "被强制退役等"}, "value": "forced_discharge"}], "used_by": [{"matter": "report_in", "source": "L1:35", "because": {"en": "In a few cases the Regulation rules out assigned work.", "zh": "有几种情形，条例不许安排工作。"}}], "question": {"en": "Does any of these apply to you?", "zh": "您有没有下面的情况？"}, "required": true, "sensitive": true}, {"id": "monthly_pension_confirmed", "ask": "prefill", "hint": null, "type": "boolean", "label": {"en": "Confirmed by the army for a monthly pension", "zh": "部队确认符合逐月领取退役金的条件"}, "because": {"en": "County Bureau of Veterans Affairs knows it already; please check it", "zh": "县级退役军人事务局已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "report_in", "source": "L1:18", "because": {"en": "NCOs who qualify may draw a monthly pension.", "zh": "军士够条件的，可以逐月领退役金。"}}], "question": {"en": "Did the army confirm a monthly pension for you?", "zh": "部队说过您可以逐月领退役金吗？"}, "required": true, "sensitive": false}, {"id": "placement_wish", "ask": "ask", "hint": {"en": "If you find work yourself, none is assigned. If unsure, choose “by the rules”.", "zh": "选了自己找工作，就不再由政府安排工作。不清楚就选“按规定来”。"}, "type": "choice", "label": {"en": "Your own choice", "zh": "您的打算"}, "because": {"en": "Where the Regulation leaves it to you, you decide.", "zh": "条例让您自己选的，要听您的。"}, "options": [{"title": {"en": "By the rules", "zh": "按规定来"}, "value": "by_law"}, {"title": {"en": "Find work myself", "zh": "自己找工作（自主就业）"}, "value": "self_employed"}, {"title": {"en": "Have work assigned", "zh": "要政府安排工作"}, "value": "assigned_work"}, {"title": {"en": "Be provided for by the State", "zh": "要国家供养"}, "value": "provided_for"}], "used_by": [{"matter": "report_in", "source": "L1:20", "because": {"en": "Where the Regulation leaves it to you, you decide.", "zh": "条例让您自己选的，要听您的。"}}], "question": {"en": "Will you find work yourself, or take what the rules give you?", "zh": "您退役后是自己找工作，还是按规定由政府安排？"}, "required": true, "sensitive": false}, {"id": "reserve_confirmed", "ask": "prefill", "hint": null, "type": "boolean", "label": {"en": "Named by the army for the reserve", "zh": "部队确定要登记预备役"}, "because": {"en": "County Armed Forces Department (military service office) knows it already; please check it", "zh": "县级人民武装部（兵役机关）已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "reserve_registration", "source": "L3:17", "because": {"en": "Only those named by the army enter the reserve.", "zh": "部队确定了的，才登记预备役。"}}], "question": {"en": "Did the army tell you to register for the reserve?", "zh": "部队通知您登记预备役了吗？"}, "required": true, "sensitive": false}, {"id": "bank_account", "ask": "ask", "hint": {"en": "It must be in your own name.", "zh": "要用您本人名字开的卡。"}, "type": "bank_card", "label": {"en": "Bank card for payments", "zh": "收钱的银行卡号"}, "because": {"en": "The money goes straight to your own card.", "zh": "钱直接打到您本人的卡上。"}, "options": [], "used_by": [{"matter": "self_employment_grant", "source": "F13", "because": {"en": "The money goes straight to your own card.", "zh": "钱直接打到您本人的卡上。"}}, {"matter": "self_employment_grant", "source": "F13", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}], "question": {"en": "Which bank card shall be paid?", "zh": "补助打到您哪张银行卡？"}, "required": true, "sensitive": true}, {"id": "employment_status", "ask": "ask", "hint": null, "type": "choice", "label": {"en": "Present work", "zh": "现在的工作情况"}, "because": {"en": "With or without an employer, you are insured differently.", "zh": "有没有单位，参保的办法不一样。"}, "options": [{"title": {"en": "Not yet", "zh": "还没有工作"}, "value": "unemployed"}, {"title": {"en": "Employed", "zh": "在单位上班"}, "value": "employed"}, {"title": {"en": "Own business or freelance", "zh": "自己干（个体、灵活就业）"}, "value": "own_business"}, {"title": {"en": "Studying", "zh": "在上学或者要复学"}, "value": "studying"}], "used_by": [{"matter": "social_insurance_registration", "source": "L1:81", "because": {"en": "With or without an employer, you are insured differently.", "zh": "有没有单位，参保的办法不一样。"}}, {"matter": "medical_insurance_registration", "source": "L1:83", "because": {"en": "With an employer, the employer enrols you.", "zh": "有单位的，由单位参保。"}}, {"matter": "job_seeker_registration", "source": "L1:85", "because": {"en": "Without work you may also draw unemployment benefit.", "zh": "没有工作的，还可能领失业保险金。"}}], "question": {"en": "Do you have work now?", "zh": "您现在有工作吗？"}, "required": true, "sensitive": false}, {"id": "paid_before_service", "ask": "prefill", "hint": null, "type": "boolean", "label": {"en": "Paid pension insurance before enlistment", "zh": "入伍前交过养老保险"}, "because": {"en": "County Social Insurance Agency knows it already; please check it", "zh": "县级社会保险经办机构（社保中心）已掌握，代您填好，请核对"}, "options": [], "used_by": [{"matter": "social_insurance_registration", "source": "L1:81", "because": {"en": "Earlier contributions go on counting; no second entry is made.", "zh": "入伍前交过的，接着算，不重新登记。"}}, {"matter": "pension_transfer", "source": "L1:81", "because": {"en": "Earlier contributions are added.", "zh": "入伍前交过的要合在一起。"}}], "question": {"en": "Did you pay pension insurance before you enlisted?", "zh": "入伍前，您交过养老保险吗？"}, "required": true, "sensitive": false}, {"id": "medical_scheme", "ask": "ask", "hint": {"en": "Without an employer you may choose either: the residents' costs less, the employees' pays more.", "zh": "还没有单位的，两种都可以选。居民医保交得少，职工医保报得多。"}, "type": "choice", "label": {"en": "Medical insurance scheme", "zh": "参加哪种医保"}, "because": {"en": "Which insurance to join is your choice.", "zh": "职工医保和居民医保，要您来选。"}, "options": [{"title": {"en": "Employees' insurance", "zh": "职工医保"}, "value": "employee"}, {"title": {"en": "Residents' insurance", "zh": "城乡居民医保"}, "value": "resident"}], "used_by": [{"matter": "medical_insurance_registration", "source": "L1:83", "because": {"en": "Which insurance to join is your choice.", "zh": "职工医保和居民医保，要您来选。"}}, {"matter": "medical_transfer", "source": "L1:83", "because": {"en": "To know which insurance it goes into.", "zh": "转进哪一种医保。"}}], "question": {"en": "Will you join the employees' or the residents' medical insurance?", "zh": "您参加职工医保，还是城乡居民医保？"}, "required": true, "sensitive": false}, {"id": "medical_voucher_received", "ask": "ask", "hint": {"en": "Some get the money in hand instead of a voucher; then answer no.", "zh": "有的人没有凭证，钱直接发给了本人，那就选“没有”。"}, "type": "boolean", "label": {"en": "The army gave a medical-insurance transfer voucher", "zh": "部队给了医保转移凭证"}, "because": {"en": "Only those with a voucher have something to move.", "zh": "有凭证的才要转。"}, "options": [], "used_by": [{"matter": "medical_transfer", "source": "F19", "because": {"en": "Only those with a voucher have something to move.", "zh": "有凭证的才要转。"}}], "question": {"en": "Did the army give you a medical-insurance transfer voucher?", "zh": "部队给您医保转移凭证了吗？"}, "required": true, "sensitive": false}, {"id": "social_card_state", "ask": "prefill", "hint": null, "type": "choice", "label": {"en": "State of your social security card", "zh": "社保卡现在的情况"}, "because": {"en": "County Bureau of Human Resources and Social Security knows it already; please check it", "zh": "县级人力资源和社会保障局已掌握，代您填好，请核对"}, "options": [{"title": {"en": "A working local card", "zh": "有本地能用的卡"}, "value": "valid_local"}, {"title": {"en": "No card", "zh": "没有卡"}, "value": "none"}, {"title": {"en": "Card from another place", "zh": "卡是外地的"}, "value": "other_place"}, {"title": {"en": "Expired or broken", "zh": "卡过期或者坏了"}, "value": "expired"}], "used_by": [{"matter": "social_security_card", "source": "L19:7", "because": {"en": "With a working card nothing is needed.", "zh": "有能用的卡就不用办。"}}], "question": {"en": "Do you have a social security card, and does it work?", "zh": "您有社保卡吗？现在能用吗？"}, "required": true, "sensitive": false}, {"id": "card_bank", "ask": "ask", "hint": null, "type": "choice", "label": {"en": "Bank of the card", "zh": "社保卡用哪家银行"}, "because": {"en": "It is a bank card too; you choose the bank.", "zh": "社保卡也是银行卡，银行由您选。"}, "options": [{"title": {"en": "Rural commercial bank", "zh": "农商银行（信用社）"}, "value": "rural_commercial"}, {"title": {"en": "Agricultural bank", "zh": "农业银行"}, "value": "agricultural"}, {"title": {"en": "Postal savings bank", "zh": "邮储银行"}, "value": "postal"}, {"title": {"en": "Another, chosen at the counter", "zh": "别的银行，到窗口再选"}, "value": "other"}], "used_by": [{"matter": "social_security_card", "source": "L19:7", "because": {"en": "It is a bank card too; you choose the bank.", "zh": "社保卡也是银行卡，银行由您选。"}}], "question": {"en": "Which bank shall issue the card?", "zh": "社保卡选哪家银行的？"}, "required": true, "sensitive": false}, {"id": "wants_training", "ask": "ask", "hint": {"en": "You may say no; nothing else depends on it, and you can apply later.", "zh": "不想就选“不想”，不影响别的事。以后也能再报。"}, "type": "boolean", "label": {"en": "Wants free training", "zh": "想参加免费技能培训"}, "because": {"en": "Whether to take part is your choice.", "zh": "参加不参加，由您定。"}, "options": [], "used_by": [{"matter": "skills_training", "source": "L1:64", "because": {"en": "Whether to take part is your choice.", "zh": "参加不参加，由您定。"}}], "question": {"en": "Would you like free vocational training?", "zh": "想参加一次免费的技能培训吗？"}, "required": true, "sensitive": false}, {"id": "training_direction", "ask": "ask", "hint": null, "type": "choice", "label": {"en": "What to learn", "zh": "想学什么"}, "because": {"en": "So that the course fits what you want.", "zh": "按您想学的安排班次。"}, "options": [{"title": {"en": "Driving and machinery", "zh": "驾驶、工程机械"}, "value": "driving"}, {"title": {"en": "Electrician, welder and similar trades", "zh": "电工、焊工等技术工种"}, "value": "electrical"}, {"title": {"en": "Computing and e-commerce", "zh": "计算机、电商"}, "value": "computing"}, {"title": {"en": "Fire, security, elderly care", "zh": "消防、安保、养老护理"}, "value": "care"}, {"title": {"en": "Starting a business", "zh": "开店办厂"}, "value": "business"}, {"title": {"en": "Undecided, please advise me", "zh": "没想好，请帮我参谋"}, "value": "undecided"}], "used_by": [{"matter": "skills_training", "source": "L2:36", "because": {"en": "So that the course fits what you want.", "zh": "按您想学的安排班次。"}}, {"matter": "skills_training", "source": "S3", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}}], "question": {"en": "What would you like to learn?", "zh": "您想学哪一类？"}, "required": true, "sensitive": false}, {"id": "skills", "ask": "ask", "hint": {"en": "Optional. Do not write your unit or military post.", "zh": "可以不填。不要写部队番号和岗位。"}, "type": "long_text", "label": {"en": "Skills and certificates", "zh": "会什么手艺、有什么证"}, "because": {"en": "What you know already need not be taught again.", "zh": "已经会的，就不用再学一遍。"}, "options": [], "used_by": [{"matter": "skills_training", "source": "L2:36", "because": {"en": "What you know already need not be taught again.", "zh": "已经会的，就不用再学一遍。"}}, {"matter": "job_seeker_registration", "source": "L2:41", "because": {"en": "Skills and certificates make the match better.", "zh": "有手艺、有证的，能找得更准。"}}], "question": {"en": "What skills or certificates do you have?", "zh": "您会什么手艺，有什么证书？"}, "required": false, "sensitive": false}, {"id": "membership", "ask": "ask", "hint": null, "type": "choice", "label": {"en": "Party or League membership", "zh": "党团员身份"}, "because": {"en": "Party members go to a branch, League members to the League.", "zh": "党员转到支部，团员转到团组织。"}, "options": [{"title": {"en": "Neither", "zh": "都不是"}, "value": "none"}, {"title": {"en": "Party member (or candidate)", "zh": "党员（含预备党员）"}, "value": "party_member"}, {"title": {"en": "League member", "zh": "团员"}, "value": "league_member"}], "used_by": [{"matter": "membership_transfer", "source": "F11", "because": {"en": "Party members go to a branch, League members to the League.", "zh": "党员转到支部，团员转到团组织。"}}], "question": {"en": "Are you a member of the Party or the Youth League?", "zh": "您是党员还是团员？"}, "required": true, "sensitive": false}, {"id": "receiving_branch", "ask": "ask", "hint": {"en": "Usually that of your village or community. If unsure, write “please look it up”.", "zh": "一般是村或社区支部。不清楚就写“请帮我查”。"}, "type": "text", "label": {"en": "Branch that takes you in", "zh": "接收您的支部"}, "because": {"en": "You say where it goes.", "zh": "关系转到哪里，由您说。"}, "options": [], "used_by": [{"matter": "membership_transfer", "source": "F11", "because": {"en": "You say where it goes.", "zh": "关系转到哪里，由您说。"}}], "question": {"en": "Which branch shall your membership move to?", "zh": "组织关系转到哪个支部？"}, "required": true, "sensitive": false}, {"id": "wants_job_help", "ask": "ask", "hint": {"en": "Unemployment benefit also needs this registration.", "zh": "登记了，才能申领失业保险金。"}, "type": "boolean", "label": {"en": "Wants help finding work", "zh": "要不要帮着找工作"}, "because": {"en": "Whether to be helped is your choice.", "zh": "要不要帮，由您定。"}, "options": [], "used_by": [{"matter": "job_seeker_registration", "source": "L2:41", "because": {"en": "Whether to be helped is your choice.", "zh": "要不要帮，由您定。"}}], "question": {"en": "Shall Human Resources register you and help you find work?", "zh": "要不要登记求职，让人社局帮您找工作？"}, "required": true, "sensitive": false}, {"id": "job_wish", "ask": "ask", "hint": {"en": "A line is enough, such as “in this county, driving”.", "zh": "写一两句就行，比如“本县，开车”。"}, "type": "long_text", "label": {"en": "Work you are looking for", "zh": "想找什么工作"}, "because": {"en": "So that the search fits your wish.", "zh": "按您想干的去找。"}, "options": [], "used_by": [{"matter": "job_seeker_registration", "source": "L2:41", "because": {"en": "So that the search fits your wish.", "zh": "按您想干的去找。"}}], "question": {"en": "What kind of work are you looking for?", "zh": "您想找什么样的工作？"}, "required": true, "sensitive": false}]}, "pack": "hlj/retirement", "after": {"steps": 2, "trips": 1, "materials": 14, "working_days": 15}, "basis": null, "edges": [{"kind": "need", "then": "reserve_registration", "first": "report_in", "source": "L1:53", "because": {"en": "After reporting, Veterans Affairs passes it to the Armed Forces Department.", "zh": "报到后，由退役军人局转给人武部。"}, "material": null}, {"kind": "need", "then": "household_registration", "first": "report_in", "source": "L1:53", "because": {"en": "The letter exists only after reporting.", "zh": "报到后才有户口登记介绍信。"}, "material": null}, {"kind": "need", "then": "id_card", "first": "report_in", "source": "F10", "because": {"en": "After reporting you are served first as a veteran.", "zh": "报到后，按退役军人优先办。"}, "material": null}, {"kind": "need", "then": "id_card", "first": "household_registration", "source": "L10:10", "because": {"en": "The card prints the registered address, so that comes first.", "zh": "先有户口，证上才有地址可印。"}, "material": null}, {"kind": "need", "then": "medical_insurance_registration", "first": "household_registration", "source": "L19:13", "because": {"en": "Residents' insurance follows the registered address, so that comes first.", "zh": "居民医保跟着户口走，先把户口落好。"}, "material": null}, {"kind": "need", "then": "pension_transfer", "first": "social_insurance_registration", "source": "L19:6", "because": {"en": "There must be an entry to carry it over to.", "zh": "先有社保登记，才有地方接。"}, "material": null}, {"kind": "need", "then": "medical_transfer", "first": "medical_insurance_registration", "source": "L1:81", "because": {"en": "You must be insured before an account can receive it.", "zh": "先参保，才有账户接。"}, "material": null}, {"kind": "need", "then": "social_security_card", "first": "social_insurance_registration", "source": "L19:6", "because": {"en": "Registration comes first, then the card.", "zh": "先登记参保，再发卡。"}, "material": null}, {"kind": "need", "then": "self_employment_grant", "first": "report_in", "source": "L1:51", "because": {"en": "The right depends on having reported.", "zh": "报到了才有这项待遇。"}, "material": null}, {"kind": "need", "then": "self_employment_grant", "first": "membership_transfer", "source": "F11", "because": {"en": "Members move their membership first, then draw the grant.", "zh": "党团员先转组织关系，再领补助。"}, "material": null}, {"kind": "need", "then": "skills_training", "first": "report_in", "source": "L1:62", "because": {"en": "Veterans Affairs can arrange it once you have reported.", "zh": "报到后，退役军人局才能给您安排。"}, "material": null}, {"kind": "produced", "then": "household_registration", "first": "report_in", "source": "L1:53", "because": {"en": "Veterans Affairs writes it after reporting and sends it to the police.", "zh": "报到后由退役军人局开，直接发给派出所。"}, "material": "household_letter"}, {"kind": "produced", "then": "id_card", "first": "household_registration", "source": "L10:10", "because": {"en": "It exists once the registration is done; the police use it directly.", "zh": "户口办好就有这一页，公安内部直接用。"}, "material": "household_page"}, {"kind": "produced", "then": "social_security_card", "first": "id_card", "source": "L10:12", "because": {"en": "When the new card is made, the police send its data.", "zh": "新身份证办好后，公安局把信息发过来。"}, "material": "valid_id_card"}], "marks": [{"en": "That there are 11 matters is published; their exact wording is not, so the names are inferred from reports and local notices.", "zh": "11 个事项的个数见于公开报道，逐项的正式名称没有找到全文，按报道和地方通知推定。"}, {"en": "No department has published days and materials matter by matter; they are reconstructed from Heilongjiang's totals, the law and local guides.", "zh": "每件事几天、要什么材料，没有哪个部门逐项公布过，是按黑龙江公布的总数、法律和各地指南推算的。"}, {"en": "Where a law names a number of days, it is given beside them with its article.", "zh": "法律写明天数的，另外标出来源。"}, {"en": "Heilongjiang published totals only: 13 matters, 61→15 working days, 31→14 materials, 13→2 steps, 12→1 trips.", "zh": "黑龙江只公布总数：13 个事项，61→15 个工作日，31→14 份材料，13→2 步，12→1 趟。"}, {"en": "The report gives no list of the 13: five are named, two mentioned in passing, the rest inferred from the national base.", "zh": "报道没有列出 13 个事项的名单：明确提到五个，顺带提到两个，其余按全国底本推定。"}, {"en": "The two added here (membership transfer, job-seeker registration) are our choice, after practice elsewhere.", "zh": "这里加的两个（组织关系转接、求职登记）是我们选的，依据是别处的做法。"}], "terms": [{"id": "report", "due": "2026-10-01", "title": {"en": "Report after discharge", "zh": "退役报到"}, "matter": "report_in", "source": "L1:51", "consequence": {"en": "Those going self-employed must report within 30 days. We remind you in good time.", "zh": "自主就业的人 30 天内要报到。我们会提前提醒您。"}}, {"id": "report_last_day", "due": "2026-10-31", "title": {"en": "Last day to report", "zh": "报到的最后一天"}, "matter": "report_in", "source": "L1:51", "consequence": {"en": "Being more than 30 days late without good reason counts as giving up placement benefits.", "zh": "没有正当理由又晚了 30 天以上，就当作放弃安置待遇。"}}, {"id": "register_change", "due": "2026-10-11", "title": {"en": "Change of the military-service register", "zh": "兵役登记信息变更"}, "matter": "reserve_registration", "source": "L3:17", "consequence": {"en": "Soldiers must change the register within 40 days; officers within 30 days of the placement decision.", "zh": "士兵 40 天内要变更登记。军官从确定安置地算起，30 天。"}}, {"id": "disability_transfer", "due": "2026-10-31", "title": {"en": "Move the disability pension (graded disability only)", "zh": "转入伤残抚恤关系（评了残疾等级的人）"}, "matter": null, "source": "L4:30", "consequence": {"en": "With a disability grade, apply to Veterans Affairs within 60 days. Without one, ignore this.", "zh": "有残疾等级的人，60 天内到退役军人局申请转入。没有等级的不用管。"}}], "title": {"en": "Leaving the forces as one thing, Heilongjiang (reconstructed)", "zh": "黑龙江省退役军人服务“一件事”（重建）"}, "before": {"steps": 13, "trips": 12, "materials": 31, "working_days": 61}, "layers": [["report_in", "social_insurance_registration", "membership_transfer", "job_seeker_registration"], ["reserve_registration", "household_registration", "pension_transfer", "self_employment_grant", "skills_training"], ["id_card", "medical_insurance_registration"], ["medical_transfer", "social_security_card"]], "online": [], "visits": [{"acts": [{"id": "household_page", "title": {"en": "Have the page printed at the counter", "zh": "到窗口打印户口页"}, "matter": "household_registration", "source": "F16", "because": {"en": "The page is printed into the book on the spot; this cannot be done online.", "zh": "户口页要当场印进户口簿，网上印不了。"}, "station": "county_hall", "presence": "station"}, {"id": "fingerprints", "title": {"en": "Give fingerprints and be photographed at the counter", "zh": "到窗口按指纹、照相"}, "matter": "id_card", "source": "L10:3", "because": {"en": "By law the card holds fingerprints, so you must come yourself.", "zh": "法律规定身份证要登记指纹，只能本人到场。"}, "station": "county_hall", "presence": "station"}, {"id": "card_bank_check", "title": {"en": "Be checked and sign at the bank counter", "zh": "到银行窗口当面核对、签字启用"}, "matter": "social_security_card", "source": "F16", "because": {"en": "The bank function must be switched on in person.", "zh": "社保卡的银行功能要本人当面启用。"}, "station": "county_hall", "presence": "station"}], "title": {"en": "County service hall, veterans' one-stop counter", "zh": "县（市、区）政务服务中心退役军人综合窗口"}, "address": null, "station": "county_hall"}], "derived": [{"id": "placement_type", "label": {"en": "Placement type", "zh": "安置方式"}, "value": "self_employed", "source": "L1:20", "because": {"en": "You chose self-employment; the law lets you, even with other rights.", "zh": "您选了自主就业。够别的条件，也可以这样选。"}}], "matters": [{"id": "report_in", "ends": 1, "basis": "reconstructed", "needs": [], "title": {"en": "Report after discharge", "zh": "退役报到"}, "result": {"en": "Registration receipt; with it, if needed, the letter for household registration", "zh": "报到登记回执；要办户口的，同时有户口登记介绍信"}, "source": "L1:51", "starts": 0, "visits": [], "because": {"en": "After discharge you first report to Veterans Affairs where you settle.", "zh": "退役后先到安置地退役军人局报到。"}, "reasons": [{"source": "L1:51", "because": {"en": "After discharge you first report to Veterans Affairs where you settle.", "zh": "退役后先到安置地退役军人局报到。"}}], "waits_for": [], "department": "veterans_affairs", "working_days": 1, "department_title": {"en": "County Bureau of Veterans Affairs", "zh": "县级退役军人事务局"}}, {"id": "reserve_registration", "ends": 2, "basis": "reconstructed", "needs": ["report_in"], "title": {"en": "Reserve registration and change of the service register", "zh": "预备役登记（兵役登记信息变更）"}, "result": {"en": "Changed entry in the service register; if named by the army, reserve registration", "zh": "兵役登记信息变更记录；部队确定的，另有预备役登记"}, "source": "L3:17", "starts": 1, "visits": [], "because": {"en": "Everyone leaving the forces changes the register; soldiers within 40 days.", "zh": "退役的人都要变更兵役登记，士兵 40 天内。"}, "reasons": [{"source": "L3:17", "because": {"en": "Everyone leaving the forces changes the register; soldiers within 40 days.", "zh": "退役的人都要变更兵役登记，士兵 40 天内。"}}], "waits_for": [], "department": "armed_forces", "working_days": 1, "department_title": {"en": "County Armed Forces Department (military service office)", "zh": "县级人民武装部（兵役机关）"}}, {"id": "household_registration", "ends": 2, "basis": "reconstructed", "needs": ["report_in"], "title": {"en": "Household registration restored", "zh": "户口登记（退役军人恢复户口）"}, "result": {"en": "Your page in the household book", "zh": "户口簿上您的那一页"}, "source": "L1:53", "starts": 1, "visits": [{"id": "household_page", "title": {"en": "Have the page printed at the counter", "zh": "到窗口打印户口页"}, "matter": "household_registration", "source": "F16", "because": {"en": "The page is printed into the book on the spot; this cannot be done online.", "zh": "户口页要当场印进户口簿，网上印不了。"}, "station": "county_hall", "presence": "station"}], "because": {"en": "Your registration was cancelled or moves, so it must be entered again.", "zh": "户口注销过，或者要落到新地方，得办户口登记。"}, "reasons": [{"source": "L1:53", "because": {"en": "Your registration was cancelled or moves, so it must be entered again.", "zh": "户口注销过，或者要落到新地方，得办户口登记。"}}], "waits_for": [], "department": "police", "working_days": 1, "department_title": {"en": "County Police Bureau (police stations)", "zh": "县级公安局（派出所）"}}, {"id": "id_card", "ends": 11, "basis": "reconstructed", "needs": ["report_in", "household_registration"], "title": {"en": "Resident identity card", "zh": "居民身份证申领"}, "result": {"en": "Identity card, posted to your home", "zh": "居民身份证，寄到家里"}, "source": "L10:11", "starts": 2, "visits": [{"id": "fingerprints", "title": {"en": "Give fingerprints and be photographed at the counter", "zh": "到窗口按指纹、照相"}, "matter": "id_card", "source": "L10:3", "because": {"en": "By law the card holds fingerprints, so you must come yourself.", "zh": "法律规定身份证要登记指纹，只能本人到场。"}, "station": "county_hall", "presence": "station"}], "because": {"en": "You have no valid card, so one is issued or replaced.", "zh": "您手里没有能用的身份证，要申领或者换领。"}, "reasons": [{"source": "L10:11", "because": {"en": "You have no valid card, so one is issued or replaced.", "zh": "您手里没有能用的身份证，要申领或者换领。"}}], "waits_for": [], "department": "police", "working_days": 9, "department_title": {"en": "County Police Bureau (police stations)", "zh": "县级公安局（派出所）"}}, {"id": "social_insurance_registration", "ends": 1, "basis": "reconstructed", "needs": [], "title": {"en": "Social insurance registration", "zh": "社会保险登记"}, "result": {"en": "Entry in the social insurance register", "zh": "社会保险登记"}, "source": "L1:81", "starts": 0, "visits": [], "because": {"en": "After service you join social insurance; registration comes first.", "zh": "退役后依法参加社会保险，先登记。"}, "reasons": [{"source": "L1:81", "because": {"en": "After service you join social insurance; registration comes first.", "zh": "退役后依法参加社会保险，先登记。"}}], "waits_for": [], "department": "social_insurance", "working_days": 1, "department_title": {"en": "County Social Insurance Agency", "zh": "县级社会保险经办机构（社保中心）"}}, {"id": "medical_insurance_registration", "ends": 4, "basis": "reconstructed", "needs": ["household_registration"], "title": {"en": "Basic medical insurance: joining or changing", "zh": "基本医疗保险参保和变更登记"}, "result": {"en": "Medical insurance entry and electronic voucher", "zh": "医保参保登记和医保电子凭证"}, "source": "L1:83", "starts": 2, "visits": [], "because": {"en": "After service you join the employees' or residents' insurance.", "zh": "退役后参加职工医保或者居民医保。"}, "reasons": [{"source": "L1:83", "because": {"en": "After service you join the employees' or residents' insurance.", "zh": "退役后参加职工医保或者居民医保。"}}], "waits_for": [], "department": "medical_insurance", "working_days": 2, "department_title": {"en": "County Bureau of Medical Insurance", "zh": "县级医疗保障局"}}, {"id": "pension_transfer", "ends": 11, "basis": "reconstructed", "needs": ["social_insurance_registration"], "title": {"en": "Transfer of pension insurance from the army", "zh": "军地基本养老保险关系转移接续"}, "result": {"en": "Pension insurance carried over; service counts as contribution years", "zh": "养老保险转移接续结果，军龄算作缴费年限"}, "source": "L1:81", "starts": 1, "visits": [], "because": {"en": "Insurance paid by the army moves over, so that service goes on counting.", "zh": "部队交的养老保险要转到地方，军龄接着算。"}, "reasons": [{"source": "L1:81", "because": {"en": "Insurance paid by the army moves over, so that service goes on counting.", "zh": "部队交的养老保险要转到地方，军龄接着算。"}}], "waits_for": ["army_remittance"], "department": "social_insurance", "working_days": 10, "department_title": {"en": "County Social Insurance Agency", "zh": "县级社会保险经办机构（社保中心）"}}, {"id": "medical_transfer", "ends": 11, "basis": "reconstructed", "needs": ["medical_insurance_registration"], "title": {"en": "Transfer of medical insurance from the army", "zh": "军地基本医疗保险关系转移接续"}, "result": {"en": "Medical account carried over", "zh": "医保个人账户转移结果"}, "source": "L1:81", "starts": 4, "visits": [], "because": {"en": "The army's medical account moves to the local one.; The army gave you a transfer voucher.", "zh": "部队的医保账户要转到地方。；部队给您开了转移凭证。"}, "reasons": [{"source": "L1:81", "because": {"en": "The army's medical account moves to the local one.", "zh": "部队的医保账户要转到地方。"}}, {"source": "F19", "because": {"en": "The army gave you a transfer voucher.", "zh": "部队给您开了转移凭证。"}}], "waits_for": ["army_remittance"], "department": "medical_insurance", "working_days": 7, "department_title": {"en": "County Bureau of Medical Insurance", "zh": "县级医疗保障局"}}, {"id": "social_security_card", "ends": 15, "basis": "reconstructed", "needs": ["social_insurance_registration", "id_card"], "title": {"en": "Social security card (physical and electronic)", "zh": "社会保障卡（含电子社保卡）申领"}, "result": {"en": "Card posted to your home; the electronic card works the same day", "zh": "社会保障卡，寄到家里；电子社保卡当天可用"}, "source": "L19:7", "starts": 11, "visits": [{"id": "card_bank_check", "title": {"en": "Be checked and sign at the bank counter", "zh": "到银行窗口当面核对、签字启用"}, "matter": "social_security_card", "source": "F16", "because": {"en": "The bank function must be switched on in person.", "zh": "社保卡的银行功能要本人当面启用。"}, "station": "county_hall", "presence": "station"}], "because": {"en": "Care and payments run on this card, and you have no working local one.", "zh": "看病、领钱都用社保卡，您还没有本地能用的卡。"}, "reasons": [{"source": "L19:7", "because": {"en": "Care and payments run on this card, and you have no working local one.", "zh": "看病、领钱都用社保卡，您还没有本地能用的卡。"}}], "waits_for": [], "department": "human_resources", "working_days": 4, "department_title": {"en": "County Bureau of Human Resources and Social Security", "zh": "县级人力资源和社会保障局"}}, {"id": "self_employment_grant", "ends": 6, "basis": "reconstructed", "needs": ["report_in", "membership_transfer"], "title": {"en": "One-off grant for self-employed veterans", "zh": "退役士兵自主就业一次性经济补助金的给付"}, "result": {"en": "Decision on the grant. The money follows on the local payment day, outside these days", "zh": "补助金审批结果。钱按当地的发放日打到卡上，不在这几天里"}, "source": "L1:23", "starts": 1, "visits": [], "because": {"en": "Those going self-employed receive a one-off local grant.", "zh": "自主就业的人，地方给一次性经济补助。"}, "reasons": [{"source": "L1:23", "because": {"en": "Those going self-employed receive a one-off local grant.", "zh": "自主就业的人，地方给一次性经济补助。"}}], "waits_for": [], "department": "veterans_affairs", "working_days": 5, "department_title": {"en": "County Bureau of Veterans Affairs", "zh": "县级退役军人事务局"}}, {"id": "skills_training", "ends": 3, "basis": "reconstructed", "needs": ["report_in"], "title": {"en": "Vocational training and guidance on work", "zh": "自主就业职业技能培训和就业创业指导"}, "result": {"en": "Place on a course and a named adviser", "zh": "培训报名结果和就业指导联系人"}, "source": "L1:66", "starts": 1, "visits": [], "because": {"en": "Those finding work themselves may take one course free of charge.; You chose to have it done", "zh": "自己找工作的人，可以免费参加一次培训。；您选择办理"}, "reasons": [{"source": "L1:66", "because": {"en": "Those finding work themselves may take one course free of charge.", "zh": "自己找工作的人，可以免费参加一次培训。"}}, {"source": "S3", "because": {"en": "You chose to have it done", "zh": "您选择办理"}}], "waits_for": [], "department": "veterans_affairs", "working_days": 2, "department_title": {"en": "County Bureau of Veterans Affairs", "zh": "县级退役军人事务局"}}, {"id": "membership_transfer", "ends": 1, "basis": "reconstructed", "needs": [], "title": {"en": "Transfer of Party or League membership", "zh": "党（团）组织关系转接"}, "result": {"en": "Receipt from the branch that took you in", "zh": "组织关系接收回执"}, "source": "F11", "starts": 0, "visits": [], "because": {"en": "As a Party or League member you have a membership to move.", "zh": "您是党员或者团员，组织关系要转回来。"}, "reasons": [{"source": "F11", "because": {"en": "As a Party or League member you have a membership to move.", "zh": "您是党员或者团员，组织关系要转回来。"}}], "waits_for": [], "department": "party_organisation", "working_days": 1, "department_title": {"en": "County Party organisation department and Youth League committee", "zh": "县委组织部、团县委"}}, {"id": "job_seeker_registration", "ends": 1, "basis": "reconstructed", "needs": [], "title": {"en": "Job-seeker registration", "zh": "求职登记"}, "result": {"en": "Registration as a job seeker and a named adviser", "zh": "求职登记，和一位联系您的职业指导员"}, "source": "L1:66", "starts": 0, "visits": [], "because": {"en": "Those finding work themselves are helped free of charge.; You have no work at present.; You chose to have it done", "zh": "自己找工作的人，人社局免费帮忙。；您现在还没有工作。；您选择办理"}, "reasons": [{"source": "L1:66", "because": {"en": "Those finding work themselves are helped free of charge.", "zh": "自己找工作的人，人社局免费帮忙。"}}, {"source": "L1:85", "because": {"en": "You have no work at present.", "zh": "您现在还没有工作。"}}, {"source": "L2:41", "because": {"en": "You chose to have it done", "zh": "您选择办理"}}], "waits_for": [], "department": "human_resources", "working_days": 1, "department_title": {"en": "County Bureau of Human Resources and Social Security", "zh": "县级人力资源和社会保障局"}}], "promise": {"due": "2026-09-30", "proof": {"due": "2026-09-30", "proof": [{"on": "2026-09-10", "kind": "working_day", "name": "", "number": 1, "name_en": ""}, {"on": "2026-09-11", "kind": "working_day", "name": "", "number": 2, "name_en": ""}, {"on": "2026-09-12", "kind": "weekend", "name": "", "number": null, "name_en": ""}, {"on": "2026-09-13", "kind": "weekend", "name": "", "number": null, "name_en": ""}, {"on": "2026-09-14", "kind": "working_day", "name": "", "number": 3, "name_en": ""}, {"on": "2026-09-15", "kind": "working_day", "name": "", "number": 4, "name_en": ""}, {"on": "2026-09-16", "kind": "working_day", "name": "", "number": 5, "name_en": ""}, {"on": "2026-09-17", "kind": "working_day", "name": "", "number": 6, "name_en": ""}, {"on": "2026-09-18", "kind": "working_day", "name": "", "number": 7, "name_en": ""}, {"on": "2026-09-19", "kind": "weekend", "name": "", "number": null, "name_en": ""}, {"on": "2026-09-20", "kind": "make_up_day", "name": "国庆节", "number": 8, "name_en": "National Day"}, {"on": "2026-09-21", "kind": "working_day", "name": "", "number": 9, "name_en": ""}, {"on": "2026-09-22", "kind": "working_day", "name": "", "number": 10, "name_en": ""}, {"on": "2026-09-23", "kind": "working_day", "name": "", "number": 11, "name_en": ""}, {"on": "2026-09-24", "kind": "working_day", "name": "", "number": 12, "name_en": ""}, {"on": "2026-09-25", "kind": "holiday", "name": "中秋节", "number": null, "name_en": "Mid-Autumn Festival"}, {"on": "2026-09-26", "kind": "holiday", "name": "中秋节", "number": null, "name_en": "Mid-Autumn Festival"}, {"on": "2026-09-27", "kind": "holiday", "name": "中秋节", "number": null, "name_en": "Mid-Autumn Festival"}, {"on": "2026-09-28", "kind": "working_day", "name": "", "number": 13, "name_en": ""}, {"on": "2026-09-29", "kind": "working_day", "name": "", "number": 14, "name_en": ""}, {"on": "2026-09-30", "kind": "working_day", "name": "", "number": 15, "name_en": ""}], "start": "2026-09-09", "stops": [], "calendar": {"id": "national", "version": "2026:0c203962"}, "provisional": false, "working_days": 15}, "lower_bound": [], "working_days": 15}, "release": "d43c702aa35d7045c9b60e5107c1e40e794f33774c8a7b6bd16f7dbe6ad3ebf5", "removed": [{"matter": "report_in", "reason": "shared", "source": "L5:7", "because": {"en": "The police confirm it once for every department.", "zh": "公安局核对一次，各部门都认。"}, "material": "identity_proof"}, {"matter": "reserve_registration", "reason": "repeated", "source": "L3:17", "because": {"en": "It is handed in once and used by every matter", "zh": "只交一次，各事项共用"}, "material": "discharge_certificate"}, {"matter": "reserve_registration", "reason": "shared", "source": "L5:7", "because": {"en": "The police confirm it once for every department.", "zh": "公安局核对一次，各部门都认。"}, "material": "identity_proof"}, {"matter": "household_registration", "reason": "produced", "source": "L1:53", "because": {"en": "Veterans Affairs writes it after reporting and sends it to the police.", "zh": "报到后由退役军人局开，直接发给派出所。"}, "material": "household_letter"}, {"matter": "household_registration", "reason": "repeated", "source": "L9:13", "because": {"en": "It is handed in once and used by every matter", "zh": "只交一次，各事项共用"}, "material": "discharge_certificate"}, {"matter": "id_card", "reason": "derived", "source": "L10:10", "because": {"en": "The law wants this form; it is generated from what you gave.", "zh": "法律要这张表，内容您都填过了，自动生成。"}, "material": "id_card_form"}, {"matter": "id_card", "reason": "produced", "source": "L10:10", "because": {"en": "It exists once the registration is done; the police use it directly.", "zh": "户口办好就有这一页，公安内部直接用。"}, "material": "household_page"}, {"matter": "social_insurance_registration", "reason": "shared", "source": "L5:7", "because": {"en": "The police confirm it once for every department.", "zh": "公安局核对一次，各部门都认。"}, "material": "identity_proof"}, {"matter": "medical_insurance_registration", "reason": "shared", "source": "L5:7", "because": {"en": "The police confirm it once for every department.", "zh": "公安局核对一次，各部门都认。"}, "material": "identity_proof"}, {"matter": "social_security_card", "reason": "produced", "source": "L10:12", "because": {"en": "When the new card is made, the police send its data.", "zh": "新身份证办好后，公安局把信息发过来。"}, "material": "valid_id_card"}, {"matter": "self_employment_grant", "reason": "repeated", "source": "F13", "because": {"en": "It is handed in once and used by every matter", "zh": "只交一次，各事项共用"}, "material": "administrative_letter"}, {"matter": "self_employment_grant", "reason": "repeated", "source": "F13", "because": {"en": "It is handed in once and used by every matter", "zh": "只交一次，各事项共用"}, "material": "discharge_certificate"}, {"matter": "self_employment_grant", "reason": "derived", "source": "F13", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}, "material": "grant_form"}, {"matter": "skills_training", "reason": "repeated", "source": "S3", "because": {"en": "It is handed in once and used by every matter", "zh": "只交一次，各事项共用"}, "material": "discharge_certificate"}, {"matter": "skills_training", "reason": "derived", "source": "S3", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}, "material": "training_form"}, {"matter": "job_seeker_registration", "reason": "repeated", "source": "S3", "because": {"en": "It is handed in once and used by every matter", "zh": "只交一次，各事项共用"}, "material": "discharge_certificate"}, {"matter": "job_seeker_registration", "reason": "shared", "source": "L5:7", "because": {"en": "The police confirm it once for every department.", "zh": "公安局核对一次，各部门都认。"}, "material": "identity_proof"}], "external": [{"id": "army_remittance", "actor": {"en": "Finance office of the former unit", "zh": "原部队财务部门"}, "title": {"en": "Arrival of the army's remittance", "zh": "部队汇款到账"}, "source": "F17", "needed_by": [{"matter": "pension_transfer", "source": "F17", "because": {"en": "The agency goes on when the army's money has arrived.", "zh": "部队的钱到账，社保中心才能接着办。"}}, {"matter": "medical_transfer", "source": "F19", "because": {"en": "Medical Insurance goes on when the army's money has arrived.", "zh": "部队的钱到账，医保局才能接着办。"}}]}], "materials": [{"id": "discharge_certificate", "hint": {"en": "Photograph the page with picture and dates. Not issued yet? Start now, add it within 30 days.", "zh": "打开有照片和日期的那一页，拍一张。还没发下来，可以先办，30 天内补。"}, "title": {"en": "Discharge certificate", "zh": "退出现役证"}, "action": "hand_in", "source": "F10", "because": {"en": "The army gave it to you; no department holds it.", "zh": "证由部队发到您手里，别的部门没有。"}, "used_by": ["report_in", "reserve_registration", "household_registration", "self_employment_grant", "skills_training", "job_seeker_registration"], "may_follow": {"days": 30, "unit": "calendar_days", "basis": "reconstructed", "source": "F12"}, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "administrative_letter", "hint": {"en": "From your unit, naming the office to report to. Photograph the whole sheet.", "zh": "部队开的，写着让您到哪个退役军人局报到。拍整张。"}, "title": {"en": "Administrative letter of introduction", "zh": "行政介绍信"}, "action": "hand_in", "source": "F10", "because": {"en": "Your unit wrote it for you to bring.", "zh": "信是部队开给您带回来的。"}, "used_by": ["report_in", "self_employment_grant"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "enlistment_notice", "hint": {"en": "If you cannot find it, say so; Veterans Affairs looks in the file.", "zh": "找不到就说一声，退役军人局到档案里查。"}, "title": {"en": "Enlistment notice", "zh": "入伍通知书"}, "action": "hand_in", "source": "F13", "because": {"en": "It was given to your family; the archive is not linked yet.", "zh": "入伍时发给您家的。档案还没联网，先由您交。"}, "used_by": ["self_employment_grant"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "merit_certificate", "hint": {"en": "Only the highest one.", "zh": "只交最高的那一份。"}, "title": {"en": "Merit certificate", "zh": "立功受奖证书"}, "action": "hand_in", "source": "L1:22", "because": {"en": "You hold it; the increase is worked out from it.", "zh": "证书在您手里，增发比例按它算。"}, "used_by": ["self_employment_grant"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "pension_voucher", "hint": null, "title": {"en": "Pension insurance contribution voucher", "zh": "军人退役基本养老保险参保缴费凭证"}, "action": "hand_in", "source": "F17", "because": {"en": "The army's finance office gave it to you.", "zh": "部队财务开的，交给您带回来。"}, "used_by": ["pension_transfer"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "pension_transfer_form", "hint": null, "title": {"en": "Pension insurance transfer sheet", "zh": "军人退役基本养老保险关系转移接续信息表"}, "action": "hand_in", "source": "F17", "because": {"en": "It came together with the voucher.", "zh": "和缴费凭证一起交给了您。"}, "used_by": ["pension_transfer"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "annuity_voucher", "hint": null, "title": {"en": "Occupational annuity voucher", "zh": "军人职业年金缴费凭证"}, "action": "hand_in", "source": "L1:81", "because": {"en": "NCOs and officers have an annuity; you hold the voucher.", "zh": "军士和军官有职业年金，凭证在您手里。"}, "used_by": ["pension_transfer"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "medical_voucher", "hint": {"en": "NCOs and conscripts get differently named vouchers; either will do.", "zh": "军士叫个人账户转移凭证，义务兵叫医疗保险金转移凭证。"}, "title": {"en": "Medical insurance transfer voucher", "zh": "军人退役医疗保险转移凭证"}, "action": "hand_in", "source": "F19", "because": {"en": "The army's finance office gave it to you.", "zh": "部队财务开的，交给您带回来。"}, "used_by": ["medical_transfer"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "bank_card", "hint": {"en": "Photograph the side with the number.", "zh": "拍有卡号的一面。"}, "title": {"en": "Your bank card", "zh": "本人银行卡"}, "action": "hand_in", "source": "F13", "because": {"en": "Before paying, the card must be shown to be yours.", "zh": "打款要核对卡是您本人的。"}, "used_by": ["self_employment_grant"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "education_certificate", "hint": null, "title": {"en": "School certificate", "zh": "毕业证书"}, "action": "hand_in", "source": "S3", "because": {"en": "The education department is not part of this yet and shares nothing.", "zh": "教育部门不在这件事里，学历还不能共享。"}, "used_by": ["skills_training"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "photo", "hint": {"en": "A phone picture will do; the background must be white.", "zh": "手机拍就行，背景要白。"}, "title": {"en": "Photo on a white ground", "zh": "白底证件照"}, "action": "hand_in", "source": "F22", "because": {"en": "The card shows you as you are now.", "zh": "卡上印的是您现在的样子。"}, "used_by": ["social_security_card"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "old_id_card", "hint": {"en": "Bring it on the day of your visit; it is handed back for the new one.", "zh": "来窗口那天带上，换新证要交回。"}, "title": {"en": "Your old ID card", "zh": "原来的身份证"}, "action": "hand_in", "source": "L10:11", "because": {"en": "By law the old card is handed back for the new one.", "zh": "法律规定，领新证要交回旧证。"}, "used_by": ["id_card"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "host_household_book", "hint": {"en": "Bring it on the day of your visit; your page is printed into it.", "zh": "来窗口那天带上，新的一页印在里面。"}, "title": {"en": "Household book of the receiving family", "zh": "要落户那一家的户口簿"}, "action": "hand_in", "source": "F16", "because": {"en": "Your page is printed into this book on the spot.", "zh": "户口页要当场印进这本户口簿。"}, "used_by": ["household_registration"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}, {"id": "identity_proof", "hint": null, "title": {"en": "Proof of identity", "zh": "身份证明"}, "action": "shared", "source": "L5:7", "because": {"en": "The police confirm it once for every department.", "zh": "公安局核对一次，各部门都认。"}, "used_by": ["report_in", "reserve_registration", "social_insurance_registration", "medical_insurance_registration", "job_seeker_registration"], "may_follow": null, "supplied_by": [{"by": "share", "share": "identity", "fields": [], "matter": null, "department": "police"}]}, {"id": "household_letter", "hint": null, "title": {"en": "Letter for household registration", "zh": "户口登记介绍信"}, "action": "produced", "source": "L1:53", "because": {"en": "Veterans Affairs writes it after reporting and sends it to the police.", "zh": "报到后由退役军人局开，直接发给派出所。"}, "used_by": ["household_registration"], "may_follow": null, "supplied_by": [{"by": "matter", "share": null, "fields": [], "matter": "report_in", "department": null}]}, {"id": "household_page", "hint": null, "title": {"en": "Your household page", "zh": "本人的户口页"}, "action": "produced", "source": "L10:10", "because": {"en": "It exists once the registration is done; the police use it directly.", "zh": "户口办好就有这一页，公安内部直接用。"}, "used_by": ["id_card"], "may_follow": null, "supplied_by": [{"by": "matter", "share": null, "fields": [], "matter": "household_registration", "department": null}]}, {"id": "valid_id_card", "hint": null, "title": {"en": "A valid ID card", "zh": "有效的身份证"}, "action": "produced", "source": "L10:12", "because": {"en": "When the new card is made, the police send its data.", "zh": "新身份证办好后，公安局把信息发过来。"}, "used_by": ["social_security_card"], "may_follow": null, "supplied_by": [{"by": "matter", "share": null, "fields": [], "matter": "id_card", "department": null}]}, {"id": "grant_form", "hint": null, "title": {"en": "Grant approval form", "zh": "一次性经济补助金审批表"}, "action": "derived", "source": "F13", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}, "used_by": ["self_employment_grant"], "may_follow": null, "supplied_by": [{"by": "form", "share": null, "fields": ["full_name", "id_number", "enlist_date", "discharge_date", "service_months", "bank_account"], "matter": null, "department": null}]}, {"id": "training_form", "hint": null, "title": {"en": "Training registration form", "zh": "技能培训报名表"}, "action": "derived", "source": "S3", "because": {"en": "You have already given all of it; the form is generated.", "zh": "表上的内容您都填过了，自动生成。"}, "used_by": ["skills_training"], "may_follow": null, "supplied_by": [{"by": "form", "share": null, "fields": ["full_name", "id_number", "education_level", "training_direction"], "matter": null, "department": null}]}, {"id": "id_card_form", "hint": null, "title": {"en": "ID card application form", "zh": "居民身份证申领登记表"}, "action": "derived", "source": "L10:10", "because": {"en": "The law wants this form; it is generated from what you gave.", "zh": "法律要这张表，内容您都填过了，自动生成。"}, "used_by": ["id_card"], "may_follow": null, "supplied_by": [{"by": "form", "share": null, "fields": ["full_name", "sex", "ethnicity", "birth_date", "id_number"], "matter": null, "department": null}]}, {"id": "membership_letter", "hint": {"en": "Photograph it together with the receipt slip below.", "zh": "连下面的回执联一起拍。"}, "title": {"en": "Letter on Party or League membership", "zh": "党（团）组织关系介绍信"}, "action": "hand_in", "source": "F11", "because": {"en": "The organisation in your unit gave it to you.", "zh": "信由部队党团组织开给您。"}, "used_by": ["membership_transfer"], "may_follow": null, "supplied_by": [{"by": "applicant", "share": null, "fields": [], "matter": null, "department": null}]}], "undecided": [], "not_needed": [], "critical_path": ["report_in", "household_registration", "id_card", "social_security_card"], "open_questions": []}	\\x016d22dd3ebd34463917f54a72f5a73b1a9feb041086886311e6afbd8af784f0e34825c3e9ad12751d9c163d773b49455b835a92e42545dbd1832632c89f3ab94d4c55f932edcba1d7aed1f07c0b8d5f27c221b8eb3c3d0536c3bf345a41ef16b7c7425d3bb30fccd456919268e6d54c49f6f09e59a3f3d637c98e74f4b1786e4e17f377df93f5eb22933fcfa80aa6f5b00e714c8cd8fec6ef622a0b404eb28772bbb8c52d8721e5ba023503c8d5b59ec0a15a3828a8ea396b65865dea4b8fb26114cb8f54d1fa3656569552a6d2d854782674b5fdffc10cb653331fde55af6774c984df64b410414305322e468f704497dbc2dc7967dcd1355e72676097441202b5dc6205bce5ed98218d6a0be35df8da13fd00c255febab0bc5dc07aca7703d565cca4679c3d6b391d068f731b06819f96ca88455cea20d98800ec470f57f5fd94e649bb7a3447a59d25e8f5fb4717f8f6bd88f8f0f467ba51e8c04d755627bedc0e2583d703f8d7aa742468acc71c346d710b321a900014e732e541707b2cfba7da5b0406981fcafa9e05348e7f78d2a15f9b09ae7ef6c1e83c10bd9aaffc91f129419a082668123e53a8c1efe6822309aa325ca01f0ef6c8792e73b46cde6019074f0c12042aae7e645e4206322868a91762445c4d26e044788206b5d01f1a141240357f154244bf1c5133972ce48771ade582cdf8bbe2896733ba5ece74451a7bb05126882efcbead8157720530fe466c08eac113045a2078337e5e7bc6ef30887f5e07d4dd4004a178d70e1a0b02037efe887d4b074a22596110368e016018ef308ab0757cbd309771891cb24cb915bb9d804f165ff2a4935765193acfc02e801dbb65af9b0acad1bf161909d7870af3eb019486d5957cc76b64225fd24c0b470e57070129397967cd3e720b2d229035276df66b83656400788689e06eaf511c36bd2ad93bde89e5f4cf123a6dab5675bda769ced7095406a4ba8810135742cbb887979640a9a4437efdebe95ed080aa57e8d36749b92d0f72f8bbb3eb525c9efb7e78d39ca01b7039ebef00ae6db8b60a70f1a0c5e139f7fffc8063a0520f496b1825c8afa53b704d193c69fd8d80b88ea35df4b93fb5d945aa06365e2d847f3ed300a267fbfa642050502c3632e8375db3245fcccb8dbd45d2cd720e5b9c548eed56dec6bd46fd0978a6697c06aa1b314ff2ec92495084586df2022a282393c923b323acad80a3ada2486b94bd54cf6d25aafce2c2bf06773149ab448b629608059757403ce0e226d026d6e65f1c52ca296163b411df2cdbf1b4c6c642e5e0994acc4ddcbb197607458e3c1565899bf1251f45cada9d4d1af357035dfc7512920c59ef7797c0e06f15847798a560ecc241baff524367c4283c9078440b8b4ee62b7c2758b925a19f986b9f2c7a435d3c12327ad37f235a37086d22fff47faeea3010a60aed13015fa9b4aeeb11fbe8d5fa8f31738bb2ec030511eacc96cf4c013dc6af6d3467cf2e3ad4d6f613496de0c1bc222b15ce41f7c4492a0bdda4aac5d6e888a647f51aba7885dee2827d6072db94c7a08f978b4aaca1156d291d06fa10cf2ca0955c6f20a5f6bcf94ac120542a6c56b02d88271fd4be4fa7faeb9ce9bef2b058d338f3394f8a9bcb92f6b903a088492c4465a4ef3c2adb868210ba67ff040d6fca0e8ce449a87f280801123bda4785e08bffac91db7df4269976107b4900547fbcc23038dbd7ca2063099c4b4a9e514fe44ba3601b149c6545f7fe0b28f0fb1181df578d094918249bb316e20d31ecd4434ee11dc7fc6ac293163a3d14633840cac78a9f4df930ba200b0a869ec04dbc5eb3206f8fbee8f7c1ad057f0bd5117ffafe8ce8c5f6f9a57196fbc4a7b93ec6c8e44927511d77ae3aec8c55226c97f0ce1676843ce95e42ea29a9ab7bc594c34759217307a119e57719476b854cbeeb078dc34bf3f8c8f22e7055224a3041282de4ffadfc3a24dca7c9c666fb873bd0466a5901eb747a1b204838ae511c06b6ea95f432b45aed507e4e92bf8d6cb596a9dbc24bd28944281989d6d48082bc14665e7c0755887401b2a12d2d9b79c1dd0fff39281e266ed8ecd7f63d8d990ccdb35876b60948a88763e31130a0250dff6bc37942faa61a961fabb307cc9b2e2b3e9ad95cb2	running	{}	2026-09-09 02:00:00+00	2026-09-30	2026-09-30	\N	753efefc-778a-4f3e-82ea-0356fbad9471
\.


--
-- Data for Name: cases_correction; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.cases_correction (id, fields, materials, words, asked_at, answer_by, answered_at, reminded_at, case_id, task_id) FROM stdin;
\.


--
-- Data for Name: cases_draft; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.cases_draft (id, person_id, region, answers, started_at, saved_at, case_id, release_id) FROM stdin;
783beb31-f553-4925-9e21-7cf4ac94631c	6b12611d-ba06-482b-86bf-4910a08229a5	990123000000	\\x0100779546fe58077510f2c3dcc72363b1ad93c2cac8d899bd945b2b95f24277af8e70f15d782c1845ae66b51228400515dc104c3254230ce9b5c09109b532f54aa1f2092f6f4a7bfbfa437d1a4bf2c22a001289e8d2e64e96faeb86ad531494a737cb868a32ffa746a309a76393014f2ff46b48a0ead1e7bfe994ca1c3412a674f8e67cefda5732b25d5043af2a6d14da02bee18e63d58afc0817beffd2f19020ccef74b9fe662e043971ebab43c7106fa7985d3e6fe285f7641b4f9d7fbb8f8d12a823dc1a65f235fa14bf0baf9fa190d57d44c48a753bd2f68bc9a9e3dce3ca6bf089834919d98dd53fa1b6ae22a1f17de93b092478af96838400bf34ec90e4b0405d7d9fc3d44812901c72457f7a79e628e372c81f6b1c52da342e4f1ccddd5a91e0216d76911a1f3063fe816566c88a1cb2dd90773635674fef9ee4ccd0337dfe166cfba5a23460bb7ff5b60ae8017ab4b6ec7c16f37f863b0c92b04d72f548708b07b92bdea27b192174b0b6fee4d4a230e8f2a2458abdf6cf04efe4e70c5f352f2a2e1f3ab3d996c7244f15e5f17b8b25024120e3a737b92dcb1ec07d7bd7bb1b5adf9947caf2426bdd1bff3b7ed305180009b38c8f68091d7b1bf19091b3cf6f9444a9ec0d53db2ab95e5477dcaa3117f87df8e5c1fc5e6099f1cc55750b5c7e47a32687fb72734f2e6fd8d0f06311fb6fd48a5b505e107ba2234a04b1c766c64e89825d864a3af8474703d44d490e01378a9d8041ba846703c4ea10d55fbe49a4582df252f5ceabce69b0075a1c6b549163518e283a06f69da4127a879bda74bad0897c2432f8eaf65ca8c7fea0a33a7810bba2c653232a1abfb297c19aedf45d580d93354af93a0502135fc421bb05d72a20e994d6bf5d0d5d94c2b7033fe5f2ffbcea3b45af43dac9b4872af3c80e937256a1a1b7076bf455b136698128bb38ddbca909f9475661557e81609739f0f371aa15028c859455715c2b03e5aacc6d58a00ad066c6d99e0894f735dae1e6eb9686a833691a2140379b9a309526a2014689026791b3419eae32df9a1a4b73c3d5d89fd6c5105263c217a35e15e03b0c83e87ec9aeee7430cabf820f8768fa1f9e6d982152f777de831f6693703cde32823fde72a1ee0a41f4ed6c78abc48283c6a625009903208f71a928a469870e3656d7983bf89c03e5cffae451ec4a3bb22f5bf64beb37699760599bb4922643a19b8f1781d2c74a03a3d46f33e9955742e4996651d97a0d495c7e0f1f31038fc5864148bbe967ec652e3f73693c7b3a00399a57a86eefbbab1fb79bb6909bfae377510d01bd3f60eff2604495ee3f77d5a9a6dd5127329c6f62ef4f75a38fa3193fbf1a8276fe202109d85d3233a8765537559a05e44593dfca99099a76ac12d05daf82db87c6aada677d5de23b6b402594d321a2d295567be3cdd496f2259cfda64757840619f5e3fbbead2132b77e9c1a4a6a954d8886353280b449ef9f94cef984a00d984140eb12b40ea8771675748b0ee1063c768c6604987cb628cccd251e8d2d55932bcf18e6c8ec198910510480e6043710a27948387463dc52c675c2ca6ffc68dd8d2462120d0fdf0cd34f6fd0824f4569d4161e91f231d1ed279409918dac346e067048d1fb2931866958891f079d1e1bd47ee52fc2566b03b9e5b04418ec418671bb7d58a709abefdd25085e7d0747039dfa0edd7d41f2b70cebab8501e25c4e5b5df9bb551b95bcf7fc4ebb29a2f8f8ac8d9bf1fdd32497f1e53599d5d2cf275f43068704bc87e6fe18dd0381c1d2480bd931d2b2fe430b13bd24efc8679a9920524158f00a7b1d5dc1dddc665d65b9c01df039042e37d0b234e3b95cbe3be52517489d8fb61d08d355e7a84466980d88b6d6e3820e018d0e7affe9bed3b804041a89d42f69c22b843f405de434990d05d5c34f5551dd861322b22a40ef924317028b9f3e6b17425765afff29765823602f87d869397f56dc165bfc9727dea5c06a03b91a73445166f877f02a3bf0d1363523816373d651a79ad09ca2272dc4fc9a45b9b3c8f8032b8acbfa0f7170273cb8fbbced8b0419b92d599170f8ab4a5e76d6a8aee380a67027facbe0f564e852cc4ea0026470ce1a1c32a318a88fbc1896ecb9da3e55ef149a1bb9007b250376dd09	2026-09-09 02:00:00+00	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	753efefc-778a-4f3e-82ea-0356fbad9471
\.


--
-- Data for Name: cases_papertocome; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.cases_papertocome (id, material, promised_for, came_at, reminded_at, case_id) FROM stdin;
\.


--
-- Data for Name: cases_pause; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.cases_pause (id, why, event, since, until, case_id, task_id) FROM stdin;
\.


--
-- Data for Name: cases_task; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.cases_task (id, matter, department, state, needs, events, missing, awaits, days, round, started_at, due, deadline, ended_at, reason, remedy, result, seen, case_id) FROM stdin;
74933ed4-593f-46a1-a7d6-489adcb7ed5b	report_in	veterans_affairs	at_department	{}	{}	{}	{}	1	1	2026-09-09 02:00:00+00	2026-09-10	{"due": "2026-09-10", "proof": [{"on": "2026-09-10", "kind": "working_day", "name": "", "number": 1, "name_en": ""}], "start": "2026-09-09", "stops": [], "calendar": {"id": "national", "version": "2026:0c203962"}, "provisional": false, "working_days": 1}	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
8e9c996a-7bd2-46bb-b032-f1f2e2f70461	reserve_registration	armed_forces	not_yet	{report_in}	{}	{report_in}	{}	1	0	\N	\N	\N	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
2cd50e00-af86-4db6-a672-b12cc00ef0c3	household_registration	police	not_yet	{report_in}	{}	{report_in}	{}	1	0	\N	\N	\N	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
8978ce05-f207-4200-b08b-2b46fc956016	id_card	police	not_yet	{report_in,household_registration}	{}	{report_in,household_registration}	{}	9	0	\N	\N	\N	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
b44be4a0-797e-410c-b484-f0c71347ecc5	social_insurance_registration	social_insurance	at_department	{}	{}	{}	{}	1	1	2026-09-09 02:00:00+00	2026-09-10	{"due": "2026-09-10", "proof": [{"on": "2026-09-10", "kind": "working_day", "name": "", "number": 1, "name_en": ""}], "start": "2026-09-09", "stops": [], "calendar": {"id": "national", "version": "2026:0c203962"}, "provisional": false, "working_days": 1}	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
719bfc84-de3e-4163-9172-66cbcc8480a2	medical_insurance_registration	medical_insurance	not_yet	{household_registration}	{}	{household_registration}	{}	2	0	\N	\N	\N	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
e864d585-1893-421e-87de-7a97bd25f5a2	pension_transfer	social_insurance	not_yet	{social_insurance_registration}	{army_remittance}	{social_insurance_registration}	{army_remittance}	10	0	\N	\N	\N	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
5fa195c0-870a-4654-a6c5-35a3ead7149f	medical_transfer	medical_insurance	not_yet	{medical_insurance_registration}	{army_remittance}	{medical_insurance_registration}	{army_remittance}	7	0	\N	\N	\N	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
4a88dc4a-3913-4628-9682-cb739f9f02c4	social_security_card	human_resources	not_yet	{social_insurance_registration,id_card}	{}	{social_insurance_registration,id_card}	{}	4	0	\N	\N	\N	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
9907f535-a9be-47ac-8a01-ee231660c9e7	self_employment_grant	veterans_affairs	not_yet	{report_in,membership_transfer}	{}	{report_in,membership_transfer}	{}	5	0	\N	\N	\N	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
96855f5f-9b64-4297-ac83-55aa454f6452	skills_training	veterans_affairs	not_yet	{report_in}	{}	{report_in}	{}	2	0	\N	\N	\N	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
d71cb8d8-42a6-470d-be8c-d845fc8cb6ce	membership_transfer	party_organisation	at_department	{}	{}	{}	{}	1	1	2026-09-09 02:00:00+00	2026-09-10	{"due": "2026-09-10", "proof": [{"on": "2026-09-10", "kind": "working_day", "name": "", "number": 1, "name_en": ""}], "start": "2026-09-09", "stops": [], "calendar": {"id": "national", "version": "2026:0c203962"}, "provisional": false, "working_days": 1}	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
a050302b-c0b8-460a-be47-9ced3909ce41	job_seeker_registration	human_resources	at_department	{}	{}	{}	{}	1	1	2026-09-09 02:00:00+00	2026-09-10	{"due": "2026-09-10", "proof": [{"on": "2026-09-10", "kind": "working_day", "name": "", "number": 1, "name_en": ""}], "start": "2026-09-09", "stops": [], "calendar": {"id": "national", "version": "2026:0c203962"}, "provisional": false, "working_days": 1}	\N			\N	{}	feaccb14-82e2-4d6b-b0db-d4087e904027
\.


--
-- Data for Name: cases_upload; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.cases_upload (id, person_id, material, kind, size, digest, key, added_at, case_id, draft_id) FROM stdin;
4156d3c8-696a-40d4-954d-c8fbd1581186	6b12611d-ba06-482b-86bf-4910a08229a5	discharge_certificate	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	95d1022302a6c7e6ddf7e09f7810a5cb86d23370f848423bc8f092aab76cc6bc	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
16717ec3-a1d8-4278-8e06-e509ec1899cf	6b12611d-ba06-482b-86bf-4910a08229a5	administrative_letter	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	e48cf6d96b9a7b1c6518b554f03a3ef6e15d591a0228a539b11d35f5a73030e8	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
9462235e-54e0-4191-9e5e-2031f0155e7a	6b12611d-ba06-482b-86bf-4910a08229a5	enlistment_notice	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	055e9a790aabea90bfcaa894d08de574bf88e157e4821c917b2e3d9a1f2e31ea	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
125eada6-cd98-4641-a2ec-7b547dedc12f	6b12611d-ba06-482b-86bf-4910a08229a5	merit_certificate	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	195925bdf62354a4f331cdccd6916e9380834c78bda71ff6f8d328f43501514f	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
61276df0-0104-43f0-821d-cc2debe9ebb1	6b12611d-ba06-482b-86bf-4910a08229a5	pension_voucher	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	03e78bf55117138b8dbfb4d974411d0cdef84965ee82643300727535fa4081e9	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
e4298cb7-f963-4fe4-a2b1-d58bcd2de3e1	6b12611d-ba06-482b-86bf-4910a08229a5	pension_transfer_form	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	1171c915868646092c0fff2b9693950e3a18778eb3c5b4ca993ed422255e68e0	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
222bdc2f-bf25-4029-8c09-a8875e415187	6b12611d-ba06-482b-86bf-4910a08229a5	annuity_voucher	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	2df20de0feb9bf453f3ece602c59c46ec1826d55344f9cec6c8fae14ce795316	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
5497cc35-4c9b-4d46-9cc6-35d865fc571e	6b12611d-ba06-482b-86bf-4910a08229a5	medical_voucher	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	c91247558237e2243c292be215b5157b21d6c450b18196080d3fed74aef79bc0	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
7df690e0-c147-428e-939e-e97067d86774	6b12611d-ba06-482b-86bf-4910a08229a5	bank_card	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	4d1167d29e518fc9148749f73cce7ef0fe02a1df673a4b810b9979444161738d	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
417c0ee4-16d7-4974-ae25-a94750fcd726	6b12611d-ba06-482b-86bf-4910a08229a5	education_certificate	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	8a255e6ff1582f3be48ef256761e10b0fccca82af92b18996aa224f66f1e332c	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
2c6ba195-43f2-4902-8aae-439980060d10	6b12611d-ba06-482b-86bf-4910a08229a5	photo	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	d01b926a3a1347b4ceb289ef1921f0217a429c084c7a1a737df016aadb3b6c8f	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
55cb3c96-676a-4488-a341-c065d25de9f8	6b12611d-ba06-482b-86bf-4910a08229a5	old_id_card	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	8e02248ed130c504b1acb56e8c6e2b593184eb613d4b3d4611358bfa3e9d3717	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
1f4e584e-252a-4c55-9f96-0c17476778b3	6b12611d-ba06-482b-86bf-4910a08229a5	host_household_book	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	4b623958b6a2a223ff284dcc299ed2aba94095e30ebcc61aafdf53d0520de844	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
35719763-3820-4319-ac60-f41f0df58795	6b12611d-ba06-482b-86bf-4910a08229a5	membership_letter	application/pdf	26	725d3099a13b565934c4d49767c9ee9188f619d58c9b807988039e4a5d16761a	173c9e656246946524fb953483bc00348925a9bf3cad4eae29710bbd9f5e9628	2026-09-09 02:00:00+00	feaccb14-82e2-4d6b-b0db-d4087e904027	783beb31-f553-4925-9e21-7cf4ac94631c
\.


--
-- Data for Name: catalogue_release; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.catalogue_release (id, pack, digest, version, title, region, effective_from, effective_to, content, published_at) FROM stdin;
753efefc-778a-4f3e-82ea-0356fbad9471	hlj/retirement	d43c702aa35d7045c9b60e5107c1e40e794f33774c8a7b6bd16f7dbe6ad3ebf5	2026.1	{"en": "Leaving the forces as one thing, Heilongjiang (reconstructed)", "zh": "黑龙江省退役军人服务“一件事”（重建）"}	230000000000	2024-09-01	\N	{"header": {"id": "hlj/retirement", "title": {"zh": "\\u9ed1\\u9f99\\u6c5f\\u7701\\u9000\\u5f79\\u519b\\u4eba\\u670d\\u52a1\\u201c\\u4e00\\u4ef6\\u4e8b\\u201d\\uff08\\u91cd\\u5efa\\uff09", "en": "Leaving the forces as one thing, Heilongjiang (reconstructed)"}, "version": "2026.1", "level": "province", "region": "230000000000", "extends": "national/retirement", "effective": {"from": "2024-09-01", "to": null}, "calendar": "national", "marks": [{"zh": "11 \\u4e2a\\u4e8b\\u9879\\u7684\\u4e2a\\u6570\\u89c1\\u4e8e\\u516c\\u5f00\\u62a5\\u9053\\uff0c\\u9010\\u9879\\u7684\\u6b63\\u5f0f\\u540d\\u79f0\\u6ca1\\u6709\\u627e\\u5230\\u5168\\u6587\\uff0c\\u6309\\u62a5\\u9053\\u548c\\u5730\\u65b9\\u901a\\u77e5\\u63a8\\u5b9a\\u3002", "en": "That there are 11 matters is published; their exact wording is not, so the names are inferred from reports and local notices."}, {"zh": "\\u6bcf\\u4ef6\\u4e8b\\u51e0\\u5929\\u3001\\u8981\\u4ec0\\u4e48\\u6750\\u6599\\uff0c\\u6ca1\\u6709\\u54ea\\u4e2a\\u90e8\\u95e8\\u9010\\u9879\\u516c\\u5e03\\u8fc7\\uff0c\\u662f\\u6309\\u9ed1\\u9f99\\u6c5f\\u516c\\u5e03\\u7684\\u603b\\u6570\\u3001\\u6cd5\\u5f8b\\u548c\\u5404\\u5730\\u6307\\u5357\\u63a8\\u7b97\\u7684\\u3002", "en": "No department has published days and materials matter by matter; they are reconstructed from Heilongjiang's totals, the law and local guides."}, {"zh": "\\u6cd5\\u5f8b\\u5199\\u660e\\u5929\\u6570\\u7684\\uff0c\\u53e6\\u5916\\u6807\\u51fa\\u6765\\u6e90\\u3002", "en": "Where a law names a number of days, it is given beside them with its article."}, {"zh": "\\u9ed1\\u9f99\\u6c5f\\u53ea\\u516c\\u5e03\\u603b\\u6570\\uff1a13 \\u4e2a\\u4e8b\\u9879\\uff0c61\\u219215 \\u4e2a\\u5de5\\u4f5c\\u65e5\\uff0c31\\u219214 \\u4efd\\u6750\\u6599\\uff0c13\\u21922 \\u6b65\\uff0c12\\u21921 \\u8d9f\\u3002", "en": "Heilongjiang published totals only: 13 matters, 61\\u219215 working days, 31\\u219214 materials, 13\\u21922 steps, 12\\u21921 trips."}, {"zh": "\\u62a5\\u9053\\u6ca1\\u6709\\u5217\\u51fa 13 \\u4e2a\\u4e8b\\u9879\\u7684\\u540d\\u5355\\uff1a\\u660e\\u786e\\u63d0\\u5230\\u4e94\\u4e2a\\uff0c\\u987a\\u5e26\\u63d0\\u5230\\u4e24\\u4e2a\\uff0c\\u5176\\u4f59\\u6309\\u5168\\u56fd\\u5e95\\u672c\\u63a8\\u5b9a\\u3002", "en": "The report gives no list of the 13: five are named, two mentioned in passing, the rest inferred from the national base."}, {"zh": "\\u8fd9\\u91cc\\u52a0\\u7684\\u4e24\\u4e2a\\uff08\\u7ec4\\u7ec7\\u5173\\u7cfb\\u8f6c\\u63a5\\u3001\\u6c42\\u804c\\u767b\\u8bb0\\uff09\\u662f\\u6211\\u4eec\\u9009\\u7684\\uff0c\\u4f9d\\u636e\\u662f\\u522b\\u5904\\u7684\\u505a\\u6cd5\\u3002", "en": "The two added here (membership transfer, job-seeker registration) are our choice, after practice elsewhere."}], "remove": {"sources": [], "departments": [], "stations": [], "events": [], "terms": [], "fields": [], "matters": [], "materials": [], "derived": [], "parameters": [], "notices": []}}, "bases": ["national/retirement"], "sources": {"S0": {"title": "\\u6e56\\u5317\\u7701\\u519b\\u4eba\\u9000\\u5f79\\u201c\\u4e00\\u4ef6\\u4e8b\\u201d\\u7684\\u65b0\\u95fb\\u62a5\\u9053", "issuer": "\\u65b0\\u95fb\\u62a5\\u9053\\uff08\\u4e94\\u7bc7\\u4e4b\\u4e00\\uff09", "grade": "press"}, "S3": {"title": "\\u9ed1\\u9f99\\u6c5f\\u7701\\u9000\\u5f79\\u519b\\u4eba\\u670d\\u52a1\\u201c\\u4e00\\u4ef6\\u4e8b\\u201d\\u7684\\u65b0\\u95fb\\u62a5\\u9053\\uff0813 \\u4e2a\\u4e8b\\u9879\\uff1b61\\u219215 \\u4e2a\\u5de5\\u4f5c\\u65e5\\uff0c31\\u219214 \\u4efd\\u6750\\u6599\\uff0c13\\u21922 \\u4e2a\\u73af\\u8282\\uff0c12\\u21921 \\u6b21\\u8dd1\\u52a8\\uff09", "issuer": "\\u65b0\\u95fb\\u62a5\\u9053\\uff08\\u4e94\\u7bc7\\u4e4b\\u4e00\\uff09", "grade": "press"}, "L1": {"title": "\\u9000\\u5f79\\u519b\\u4eba\\u5b89\\u7f6e\\u6761\\u4f8b", "issuer": "\\u56fd\\u52a1\\u9662\\u3001\\u4e2d\\u592e\\u519b\\u59d4", "date": "2024-07-29", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u884c\\u653f\\u6cd5\\u89c4/\\u9000\\u5f79\\u519b\\u4eba\\u5b89\\u7f6e\\u6761\\u4f8b(2024-07-29).md", "grade": "law"}, "L2": {"title": "\\u4e2d\\u534e\\u4eba\\u6c11\\u5171\\u548c\\u56fd\\u9000\\u5f79\\u519b\\u4eba\\u4fdd\\u969c\\u6cd5", "issuer": "\\u5168\\u56fd\\u4eba\\u6c11\\u4ee3\\u8868\\u5927\\u4f1a\\u5e38\\u52a1\\u59d4\\u5458\\u4f1a", "date": "2020-11-11", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u793e\\u4f1a\\u6cd5/\\u9000\\u5f79\\u519b\\u4eba\\u4fdd\\u969c\\u6cd5(2020-11-11).md", "grade": "law"}, "L3": {"title": "\\u4e2d\\u534e\\u4eba\\u6c11\\u5171\\u548c\\u56fd\\u5175\\u5f79\\u6cd5", "issuer": "\\u5168\\u56fd\\u4eba\\u6c11\\u4ee3\\u8868\\u5927\\u4f1a\\u5e38\\u52a1\\u59d4\\u5458\\u4f1a", "date": "2021-08-20", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u884c\\u653f\\u6cd5/\\u5175\\u5f79\\u6cd5(2021-08-20).md", "grade": "law"}, "L4": {"title": "\\u519b\\u4eba\\u629a\\u6064\\u4f18\\u5f85\\u6761\\u4f8b", "issuer": "\\u56fd\\u52a1\\u9662\\u3001\\u4e2d\\u592e\\u519b\\u59d4", "date": "2024-08-05", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u884c\\u653f\\u6cd5\\u89c4/\\u519b\\u4eba\\u629a\\u6064\\u4f18\\u5f85\\u6761\\u4f8b(2024-08-05).md", "grade": "law"}, "L5": {"title": "\\u56fd\\u52a1\\u9662\\u5173\\u4e8e\\u5728\\u7ebf\\u653f\\u52a1\\u670d\\u52a1\\u7684\\u82e5\\u5e72\\u89c4\\u5b9a", "issuer": "\\u56fd\\u52a1\\u9662", "number": "\\u56fd\\u52a1\\u9662\\u4ee4\\u7b2c716\\u53f7", "date": "2019-04-26", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u884c\\u653f\\u6cd5\\u89c4/\\u56fd\\u52a1\\u9662\\u5173\\u4e8e\\u5728\\u7ebf\\u653f\\u52a1\\u670d\\u52a1\\u7684\\u82e5\\u5e72\\u89c4\\u5b9a(2019-04-26).md", "grade": "law"}, "L6": {"title": "\\u4e2d\\u534e\\u4eba\\u6c11\\u5171\\u548c\\u56fd\\u4e2a\\u4eba\\u4fe1\\u606f\\u4fdd\\u62a4\\u6cd5", "issuer": "\\u5168\\u56fd\\u4eba\\u6c11\\u4ee3\\u8868\\u5927\\u4f1a\\u5e38\\u52a1\\u59d4\\u5458\\u4f1a", "date": "2021-08-20", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u884c\\u653f\\u6cd5/\\u4e2a\\u4eba\\u4fe1\\u606f\\u4fdd\\u62a4\\u6cd5(2021-08-20).md", "grade": "law"}, "L9": {"title": "\\u4e2d\\u534e\\u4eba\\u6c11\\u5171\\u548c\\u56fd\\u6237\\u53e3\\u767b\\u8bb0\\u6761\\u4f8b", "issuer": "\\u5168\\u56fd\\u4eba\\u6c11\\u4ee3\\u8868\\u5927\\u4f1a\\u5e38\\u52a1\\u59d4\\u5458\\u4f1a", "date": "1958-01-09", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u884c\\u653f\\u6cd5/\\u6237\\u53e3\\u767b\\u8bb0\\u6761\\u4f8b(1958-01-09).md", "grade": "law"}, "L10": {"title": "\\u4e2d\\u534e\\u4eba\\u6c11\\u5171\\u548c\\u56fd\\u5c45\\u6c11\\u8eab\\u4efd\\u8bc1\\u6cd5", "issuer": "\\u5168\\u56fd\\u4eba\\u6c11\\u4ee3\\u8868\\u5927\\u4f1a\\u5e38\\u52a1\\u59d4\\u5458\\u4f1a", "date": "2011-10-29", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u884c\\u653f\\u6cd5/\\u5c45\\u6c11\\u8eab\\u4efd\\u8bc1\\u6cd5(2011-10-29).md", "grade": "law"}, "L11": {"title": "\\u4e2d\\u534e\\u4eba\\u6c11\\u5171\\u548c\\u56fd\\u9884\\u5907\\u5f79\\u4eba\\u5458\\u6cd5", "issuer": "\\u5168\\u56fd\\u4eba\\u6c11\\u4ee3\\u8868\\u5927\\u4f1a\\u5e38\\u52a1\\u59d4\\u5458\\u4f1a", "date": "2022-12-30", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u884c\\u653f\\u6cd5/\\u9884\\u5907\\u5f79\\u4eba\\u5458\\u6cd5(2022-12-30).md", "grade": "law"}, "L19": {"title": "\\u793e\\u4f1a\\u4fdd\\u9669\\u7ecf\\u529e\\u6761\\u4f8b", "issuer": "\\u56fd\\u52a1\\u9662", "date": "2023-08-16", "address": "https://github.com/LawRefBook/Laws/blob/master/\\u884c\\u653f\\u6cd5\\u89c4/\\u793e\\u4f1a\\u4fdd\\u9669\\u7ecf\\u529e\\u6761\\u4f8b(2023-08-16).md", "grade": "law"}, "F1": {"title": "\\u9ad8\\u6548\\u529e\\u6210\\u4e00\\u4ef6\\u4e8b \\u63d0\\u5347\\u670d\\u52a1\\u9000\\u5f79\\u519b\\u4eba\\u8d28\\u6548\\uff08\\u201c11\\u4e2a\\u5177\\u4f53\\u4e8b\\u9879\\u201d\\uff09", "issuer": "\\u65b0\\u534e\\u793e", "date": "2025-07-17", "address": "www.ynntjc.com/2025/07/17/\\u2026\\uff08\\u8f6c\\u8f7d\\uff09", "grade": "government"}, "F2": {"title": "\\u6c5f\\u897f\\u7701\\u9000\\u5f79\\u519b\\u4eba\\u670d\\u52a1\\u201c\\u4e00\\u4ef6\\u4e8b\\u201d", "issuer": "\\u9000\\u5f79\\u519b\\u4eba\\u4e8b\\u52a1\\u90e8\\u7f51\\u7ad9\\uff0c\\u5730\\u65b9\\u5b9e\\u8df5", "date": "2025-08-25", "address": "https://www.mva.gov.cn/sy/zt/tyjrfwyjs/dfsj/202508/t20250825_508955.html", "grade": "government"}, "F3": {"title": "\\u56db\\u5ddd\\u7701\\u9000\\u5f79\\u519b\\u4eba\\u670d\\u52a1\\u201c\\u4e00\\u4ef6\\u4e8b\\u201d\\u4e0a\\u7ebf\\uff0833\\u21927 \\u5929\\uff0c16\\u21929 \\u4efd\\u6750\\u6599\\uff1b\\u5230\\u516c\\u5b89\\u4e00\\u6b21\\uff09", "issuer": "\\u56db\\u5ddd\\u5728\\u7ebf", "date": "2025-03", "address": "cbgc.scol.com.cn/news/6085636", "grade": "press"}, "F4": {"title": "\\u6e56\\u5317\\u516c\\u5b89\\u670d\\u52a1\\u9000\\u5f79\\u519b\\u4eba\\uff08\\u6062\\u590d\\u6237\\u53e3 1,455 \\u4eba\\uff0c\\u529e\\u8eab\\u4efd\\u8bc1 3,324 \\u4eba\\uff09", "issuer": "\\u6e56\\u5317\\u516c\\u5b89\\uff08\\u7f51\\u6613\\u53f7\\u8f6c\\u8f7d\\uff09", "date": "2025-06-23", "address": "https://www.163.com/dy/article/K5OEDLHU053469LG.html", "grade": "press"}, "F9": {"title": "\\u5173\\u4e8e\\u519b\\u4eba\\u9000\\u5f79\\u201c\\u4e00\\u4ef6\\u4e8b\\u201d\\u8fed\\u4ee3\\u5347\\u7ea7\\u4e3a\\u9000\\u5f79\\u519b\\u4eba\\u670d\\u52a1\\u201c\\u4e00\\u4ef6\\u4e8b\\u201d\\u7684\\u901a\\u77e5", "issuer": "\\u91cd\\u5e86\\u5e02\\u9000\\u5f79\\u519b\\u4eba\\u4e8b\\u52a1\\u5c40\\u7b495\\u90e8\\u95e8", "number": "\\u6e1d\\u9000\\u5f79\\u519b\\u4eba\\u5c40\\u30142025\\u30157\\u53f7", "date": "2025-03-18", "address": "http://tyjrswj.cq.gov.cn/zwgk_529/zfxxgkml/zcwj/qtwj/202503/t20250318_14417370.html", "grade": "government"}, "F10": {"title": "\\u5b89\\u5eb7\\u5e02 2026 \\u5e74\\u6625\\u5b63\\u9000\\u5f79\\u58eb\\u5175\\u62a5\\u5230\\u987b\\u77e5", "issuer": "\\u5b89\\u5eb7\\u672c\\u5730\\u5a92\\u4f53", "date": "2026", "address": "www.xixinews.com/m/view.php?aid=65413", "grade": "press"}, "F11": {"title": "\\u4e0a\\u6d77\\u9000\\u5f79\\u62a5\\u5230\\u987b\\u77e5\\uff08\\u5148\\u8f6c\\u63a5\\u515a\\u7ec4\\u7ec7\\u5173\\u7cfb\\uff0c\\u540e\\u9886\\u53d6\\u7ecf\\u6d4e\\u8865\\u52a9\\u3001\\u9000\\u5f79\\u91d1\\uff09", "issuer": "\\u4e0a\\u6d77\\u672c\\u5730\\u95e8\\u6237", "address": "m.52luohu.cn/html/shnews/shebao/25534.html", "grade": "press"}, "F12": {"title": "\\u7535\\u767d\\u9000\\u5f79\\u519b\\u4eba\\u201c\\u4e00\\u7ad9\\u5f0f\\u201d\\u62a5\\u5230\\uff08\\u9000\\u51fa\\u73b0\\u5f79\\u8bc1\\u672a\\u53d1\\u53ef\\u5bb9\\u7f3a\\u53d7\\u7406\\uff09", "issuer": "\\u5357\\u65b9\\u65e5\\u62a5\\u5ba2\\u6237\\u7aef", "date": "2023-03-22", "address": "static.nfapp.southcn.com/content/202303/22/c7480654.html", "grade": "press"}, "F13": {"title": "\\u6dc4\\u535a\\u5e02\\u81ea\\u4e3b\\u5c31\\u4e1a\\u9000\\u5f79\\u58eb\\u5175\\u4e00\\u6b21\\u6027\\u7ecf\\u6d4e\\u8865\\u52a9\\u529e\\u4e8b\\u8bf4\\u660e", "issuer": "\\u6dc4\\u535a\\u672c\\u5730\\u95e8\\u6237", "address": "m.ljsggw.cn/techan/229751.html", "grade": "press"}, "F16": {"title": "\\u6c38\\u767b\\u53bf\\u5173\\u4e8e\\u201c\\u9ad8\\u6548\\u529e\\u6210\\u4e00\\u4ef6\\u4e8b\\u201d\\u7684\\u5de5\\u4f5c\\u4f53\\u4f1a\\uff08\\u6237\\u53e3\\u9875\\u6253\\u5370\\u3001\\u793e\\u4fdd\\u5361\\u6fc0\\u6d3b\\u4ecd\\u8981\\u5230\\u573a\\uff09", "issuer": "\\u7518\\u8083\\u653f\\u52a1\\u670d\\u52a1\\u7f51\\u6c38\\u767b\\u53bf", "address": "zwfw.gansu.gov.cn/yongdeng/\\u2026/art_cd010acf0d5b493080c4f6261a4886fe.html", "grade": "government"}, "F17": {"title": "\\u519b\\u4eba\\u9000\\u5f79\\u57fa\\u672c\\u517b\\u8001\\u4fdd\\u9669\\u5173\\u7cfb\\u8f6c\\u79fb\\u63a5\\u7eed\\u529e\\u4e8b\\u6307\\u5357\\uff08\\u4e2d\\u5c71\\u5e02\\u4e09\\u4e61\\u9547\\uff0c15 \\u4e2a\\u5de5\\u4f5c\\u65e5\\uff0c0 \\u6b21\\u5230\\u573a\\uff09", "issuer": "\\u5e7f\\u4e1c\\u653f\\u52a1\\u670d\\u52a1\\u7f51", "address": "https://www.gdzwfw.gov.cn/portal/simple-guide/TE44200044102860755442111668002", "grade": "government"}, "F19": {"title": "\\u9000\\u5f79\\u58eb\\u5175\\u533b\\u7597\\u4fdd\\u9669\\u5173\\u7cfb\\u8f6c\\u79fb\\u8bf4\\u660e\\uff08\\u6536\\u5230\\u51ed\\u8bc1\\u540e 20 \\u5929\\u5185\\uff09", "issuer": "\\u767e\\u79d1\\u7c7b\\u7f51\\u7ad9", "date": "2022-09-20", "address": "http://shbk.net/techan/166421.html", "grade": "hint"}, "F22": {"title": "\\u73e0\\u6d77\\u5e02\\u4f18\\u5f85\\u8bc1\\u7167\\u7247\\u8981\\u6c42\\uff08\\u767d\\u5e95\\uff0c352\\u00d7440 \\u50cf\\u7d20\\uff09", "issuer": "\\u672c\\u5730\\u95e8\\u6237", "address": "jingyanla.com/a/07/0G2155B432024.html", "grade": "press"}, "F25": {"title": "\\u4e2a\\u4eba\\u6240\\u5f97\\u7a0e\\u6263\\u7f34\\u63a5\\u53e3\\u6587\\u6863\\u4e2d\\u7684\\u9000\\u51fa\\u73b0\\u5f79\\u8bc1\\u4ef6\\u7c7b\\u578b\\u4ee3\\u7801\\uff0801\\u201307\\uff09", "issuer": "\\u516c\\u5f00\\u4ee3\\u7801\\u5e93", "grade": "hint"}, "F37": {"title": "\\u6b66\\u6c49\\u5e02\\u81ea\\u4e3b\\u5c31\\u4e1a\\u9000\\u5f79\\u58eb\\u5175\\u4e00\\u6b21\\u6027\\u7ecf\\u6d4e\\u8865\\u52a9\\u6807\\u51c6\\uff082020\\uff09", "issuer": "\\u6b66\\u6c49\\u5e02\\u9000\\u5f79\\u519b\\u4eba\\u4e8b\\u52a1\\u5c40", "date": "2020-12-30", "address": "va.wuhan.gov.cn/\\u2026/t20201230_1585375.shtml", "grade": "government"}, "F7": {"title": "\\u67d0\\u5e02\\u519b\\u4eba\\u9000\\u5f79\\u201c\\u4e00\\u4ef6\\u4e8b\\u201d\\u5de5\\u4f5c\\u65b9\\u6848\\uff082022\\uff0c15 \\u4e2a\\u4e8b\\u9879\\uff0c\\u542b\\u515a(\\u56e2)\\u5458\\u7ec4\\u7ec7\\u5173\\u7cfb\\u8f6c\\u63a5\\uff09", "issuer": "\\u6587\\u6863\\u5206\\u4eab\\u7f51\\u7ad9\\uff0c\\u57ce\\u5e02\\u4e0d\\u8be6", "date": 2022, "address": "m.1wenmi.com/doc/403726.html", "grade": "hint"}}, "departments": {"veterans_affairs": {"title": {"zh": "\\u53bf\\u7ea7\\u9000\\u5f79\\u519b\\u4eba\\u4e8b\\u52a1\\u5c40", "en": "County Bureau of Veterans Affairs"}, "short": {"zh": "\\u9000\\u5f79\\u519b\\u4eba\\u5c40", "en": "Veterans Affairs"}, "connector": "http", "source": "L1:7"}, "police": {"title": {"zh": "\\u53bf\\u7ea7\\u516c\\u5b89\\u5c40\\uff08\\u6d3e\\u51fa\\u6240\\uff09", "en": "County Police Bureau (police stations)"}, "short": {"zh": "\\u516c\\u5b89\\u5c40", "en": "Police"}, "connector": "http", "source": "L1:53"}, "armed_forces": {"title": {"zh": "\\u53bf\\u7ea7\\u4eba\\u6c11\\u6b66\\u88c5\\u90e8\\uff08\\u5175\\u5f79\\u673a\\u5173\\uff09", "en": "County Armed Forces Department (military service office)"}, "short": {"zh": "\\u4eba\\u6b66\\u90e8", "en": "Armed Forces Dept"}, "connector": "desk", "source": "L3:17"}, "human_resources": {"title": {"zh": "\\u53bf\\u7ea7\\u4eba\\u529b\\u8d44\\u6e90\\u548c\\u793e\\u4f1a\\u4fdd\\u969c\\u5c40", "en": "County Bureau of Human Resources and Social Security"}, "short": {"zh": "\\u4eba\\u793e\\u5c40", "en": "Human Resources"}, "connector": "http", "source": "L19:4"}, "social_insurance": {"title": {"zh": "\\u53bf\\u7ea7\\u793e\\u4f1a\\u4fdd\\u9669\\u7ecf\\u529e\\u673a\\u6784\\uff08\\u793e\\u4fdd\\u4e2d\\u5fc3\\uff09", "en": "County Social Insurance Agency"}, "short": {"zh": "\\u793e\\u4fdd\\u4e2d\\u5fc3", "en": "Social Insurance"}, "connector": "http", "source": "L1:81"}, "medical_insurance": {"title": {"zh": "\\u53bf\\u7ea7\\u533b\\u7597\\u4fdd\\u969c\\u5c40", "en": "County Bureau of Medical Insurance"}, "short": {"zh": "\\u533b\\u4fdd\\u5c40", "en": "Medical Insurance"}, "connector": "http", "source": "L19:4"}, "party_organisation": {"title": {"zh": "\\u53bf\\u59d4\\u7ec4\\u7ec7\\u90e8\\u3001\\u56e2\\u53bf\\u59d4", "en": "County Party organisation department and Youth League committee"}, "short": {"zh": "\\u7ec4\\u7ec7\\u90e8\\u95e8", "en": "Organisation dept"}, "connector": "desk", "source": "F7"}}, "stations": {"county_hall": {"title": {"zh": "\\u53bf\\uff08\\u5e02\\u3001\\u533a\\uff09\\u653f\\u52a1\\u670d\\u52a1\\u4e2d\\u5fc3\\u9000\\u5f79\\u519b\\u4eba\\u7efc\\u5408\\u7a97\\u53e3", "en": "County service hall, veterans' one-stop counter"}, "can": ["police_desk", "veterans_desk", "bank_desk"]}, "police_station": {"title": {"zh": "\\u6d3e\\u51fa\\u6240\\u6237\\u7c4d\\u7a97\\u53e3", "en": "Police station, household desk"}, "can": ["police_desk"]}, "town_station": {"title": {"zh": "\\u4e61\\u9547\\u9000\\u5f79\\u519b\\u4eba\\u670d\\u52a1\\u7ad9", "en": "Town veterans' service station"}, "can": ["veterans_desk"]}, "bank_branch": {"title": {"zh": "\\u793e\\u4fdd\\u5361\\u5408\\u4f5c\\u94f6\\u884c\\u7f51\\u70b9", "en": "Branch of a card-issuing bank"}, "can": ["bank_desk"]}}, "events": {"army_remittance": {"title": {"zh": "\\u90e8\\u961f\\u6c47\\u6b3e\\u5230\\u8d26", "en": "Arrival of the army's remittance"}, "actor": {"zh": "\\u539f\\u90e8\\u961f\\u8d22\\u52a1\\u90e8\\u95e8", "en": "Finance office of the former unit"}, "source": "F17"}}, "terms": {"report": {"title": {"zh": "\\u9000\\u5f79\\u62a5\\u5230", "en": "Report after discharge"}, "from_field": "discharge_date", "days": 30, "matter": "report_in", "consequence": {"zh": "\\u81ea\\u4e3b\\u5c31\\u4e1a\\u7684\\u4eba 30 \\u5929\\u5185\\u8981\\u62a5\\u5230\\u3002\\u6211\\u4eec\\u4f1a\\u63d0\\u524d\\u63d0\\u9192\\u60a8\\u3002", "en": "Those going self-employed must report within 30 days. We remind you in good time."}, "source": "L1:51"}, "report_last_day": {"title": {"zh": "\\u62a5\\u5230\\u7684\\u6700\\u540e\\u4e00\\u5929", "en": "Last day to report"}, "from_field": "discharge_date", "days": 60, "matter": "report_in", "consequence": {"zh": "\\u6ca1\\u6709\\u6b63\\u5f53\\u7406\\u7531\\u53c8\\u665a\\u4e86 30 \\u5929\\u4ee5\\u4e0a\\uff0c\\u5c31\\u5f53\\u4f5c\\u653e\\u5f03\\u5b89\\u7f6e\\u5f85\\u9047\\u3002", "en": "Being more than 30 days late without good reason counts as giving up placement benefits."}, "source": "L1:51"}, "register_change": {"title": {"zh": "\\u5175\\u5f79\\u767b\\u8bb0\\u4fe1\\u606f\\u53d8\\u66f4", "en": "Change of the military-service register"}, "from_field": "discharge_date", "days": 40, "matter": "reserve_registration", "consequence": {"zh": "\\u58eb\\u5175 40 \\u5929\\u5185\\u8981\\u53d8\\u66f4\\u767b\\u8bb0\\u3002\\u519b\\u5b98\\u4ece\\u786e\\u5b9a\\u5b89\\u7f6e\\u5730\\u7b97\\u8d77\\uff0c30 \\u5929\\u3002", "en": "Soldiers must change the register within 40 days; officers within 30 days of the placement decision."}, "source": "L3:17"}, "disability_transfer": {"title": {"zh": "\\u8f6c\\u5165\\u4f24\\u6b8b\\u629a\\u6064\\u5173\\u7cfb\\uff08\\u8bc4\\u4e86\\u6b8b\\u75be\\u7b49\\u7ea7\\u7684\\u4eba\\uff09", "en": "Move the disability pension (graded disability only)"}, "from_field": "discharge_date", "days": 60, "consequence": {"zh": "\\u6709\\u6b8b\\u75be\\u7b49\\u7ea7\\u7684\\u4eba\\uff0c60 \\u5929\\u5185\\u5230\\u9000\\u5f79\\u519b\\u4eba\\u5c40\\u7533\\u8bf7\\u8f6c\\u5165\\u3002\\u6ca1\\u6709\\u7b49\\u7ea7\\u7684\\u4e0d\\u7528\\u7ba1\\u3002", "en": "With a disability grade, apply to Veterans Affairs within 60 days. Without one, ignore this."}, "source": "L4:30"}}, "fields": {"full_name": {"label": {"zh": "\\u59d3\\u540d", "en": "Full name"}, "type": "text", "question": {"zh": "\\u60a8\\u53eb\\u4ec0\\u4e48\\u540d\\u5b57\\uff1f", "en": "What is your name?"}, "absent": "unknown", "options": {}, "known_from": {"department": "registry", "share": "person"}, "sensitive": true, "source": "L10:3"}, "id_number": {"label": {"zh": "\\u8eab\\u4efd\\u8bc1\\u53f7", "en": "ID number"}, "type": "id_number", "question": {"zh": "\\u60a8\\u7684\\u8eab\\u4efd\\u8bc1\\u53f7\\u662f\\u591a\\u5c11\\uff1f", "en": "What is your ID number?"}, "hint": {"zh": "18 \\u4f4d\\uff0c\\u6700\\u540e\\u4e00\\u4f4d\\u53ef\\u80fd\\u662f X\\u3002", "en": "18 characters; the last may be X."}, "absent": "unknown", "options": {}, "known_from": {"department": "registry", "share": "person"}, "sensitive": true, "source": "L10:3"}, "sex": {"label": {"zh": "\\u6027\\u522b", "en": "Sex"}, "type": "choice", "question": {"zh": "\\u60a8\\u662f\\u7537\\u662f\\u5973\\uff1f", "en": "Are you male or female?"}, "absent": "unknown", "options": {"male": {"zh": "\\u7537", "en": "Male"}, "female": {"zh": "\\u5973", "en": "Female"}}, "known_from": {"department": "police", "share": "identity"}, "sensitive": false, "source": "L10:3"}, "ethnicity": {"label": {"zh": "\\u6c11\\u65cf", "en": "Ethnicity"}, "type": "text", "question": {"zh": "\\u60a8\\u662f\\u54ea\\u4e2a\\u6c11\\u65cf\\uff1f", "en": "What is your ethnicity?"}, "absent": "unknown", "options": {}, "known_from": {"department": "police", "share": "identity"}, "sensitive": false, "source": "L10:3"}, "birth_date": {"label": {"zh": "\\u51fa\\u751f\\u65e5\\u671f", "en": "Date of birth"}, "type": "date", "question": {"zh": "\\u60a8\\u662f\\u54ea\\u5929\\u51fa\\u751f\\u7684\\uff1f", "en": "When were you born?"}, "absent": "unknown", "options": {}, "known_from": {"department": "police", "share": "identity"}, "sensitive": false, "check": "birth_date < enlist_date AND birth_date <= as_of()", "source": "L10:3"}, "phone": {"label": {"zh": "\\u624b\\u673a\\u53f7", "en": "Mobile number"}, "type": "phone", "question": {"zh": "\\u529e\\u7684\\u65f6\\u5019\\u7528\\u54ea\\u4e2a\\u624b\\u673a\\u53f7\\u627e\\u60a8\\uff1f", "en": "Which mobile number shall we use to reach you?"}, "hint": {"zh": "\\u53ea\\u7528\\u6765\\u544a\\u8bc9\\u60a8\\u529e\\u5230\\u54ea\\u4e86\\u3002", "en": "Used only to tell you how far things are."}, "absent": "unknown", "options": {}, "known_from": {"department": "registry", "share": "person"}, "sensitive": true}, "marital_status": {"label": {"zh": "\\u5a5a\\u59fb\\u72b6\\u51b5", "en": "Marital status"}, "type": "choice", "question": {"zh": "\\u60a8\\u7ed3\\u5a5a\\u4e86\\u5417\\uff1f", "en": "Are you married?"}, "absent": "unknown", "options": {"single": {"zh": "\\u672a\\u5a5a", "en": "Single"}, "married": {"zh": "\\u5df2\\u5a5a", "en": "Married"}, "divorced": {"zh": "\\u79bb\\u5a5a", "en": "Divorced"}, "widowed": {"zh": "\\u4e27\\u5076", "en": "Widowed"}}, "known_from": {"department": "police", "share": "household_register"}, "sensitive": false}, "education_level": {"label": {"zh": "\\u5b66\\u5386", "en": "Education"}, "type": "choice", "question": {"zh": "\\u60a8\\u6700\\u9ad8\\u5ff5\\u5230\\u54ea\\u4e00\\u7ea7\\uff1f", "en": "What is the highest school you finished?"}, "absent": "unknown", "options": {"junior_middle": {"zh": "\\u521d\\u4e2d\\u53ca\\u4ee5\\u4e0b", "en": "Middle school or below"}, "senior_middle": {"zh": "\\u9ad8\\u4e2d\\u6216\\u4e2d\\u4e13", "en": "High or vocational school"}, "college": {"zh": "\\u5927\\u4e13", "en": "Junior college"}, "bachelor": {"zh": "\\u672c\\u79d1", "en": "Bachelor"}, "postgraduate": {"zh": "\\u7814\\u7a76\\u751f", "en": "Postgraduate"}}, "sensitive": false}, "residence_address": {"label": {"zh": "\\u73b0\\u5728\\u4f4f\\u7684\\u5730\\u65b9", "en": "Where you live now"}, "type": "long_text", "question": {"zh": "\\u60a8\\u73b0\\u5728\\u4f4f\\u5728\\u54ea\\u91cc\\uff1f", "en": "Where do you live now?"}, "hint": {"zh": "\\u5199\\u5230\\u95e8\\u724c\\u53f7\\u3002\\u8bc1\\u4ef6\\u548c\\u5361\\u53ef\\u4ee5\\u5bc4\\u5230\\u8fd9\\u91cc\\u3002", "en": "Down to the door number. Cards can be posted here."}, "absent": "unknown", "options": {}, "sensitive": true}, "hukou_cancelled": {"label": {"zh": "\\u5165\\u4f0d\\u65f6\\u6237\\u53e3\\u6ce8\\u9500\\u4e86", "en": "Household registration was cancelled at enlistment"}, "type": "boolean", "question": {"zh": "\\u5165\\u4f0d\\u65f6\\uff0c\\u60a8\\u7684\\u6237\\u53e3\\u6ce8\\u9500\\u4e86\\u5417\\uff1f", "en": "Was your household registration cancelled when you enlisted?"}, "hint": {"zh": "\\u770b\\u6237\\u53e3\\u7c3f\\uff1a\\u60a8\\u90a3\\u4e00\\u9875\\u76d6\\u4e86\\u201c\\u6ce8\\u9500\\u201d\\u7ae0\\uff0c\\u5c31\\u662f\\u6ce8\\u9500\\u4e86\\u3002", "en": "Look at the household book: a \\u201ccancelled\\u201d stamp on your page means yes."}, "absent": "unknown", "options": {}, "sensitive": false, "source": "L1:53"}, "former_hukou_address": {"label": {"zh": "\\u5165\\u4f0d\\u524d\\u7684\\u6237\\u53e3\\u5730\\u5740", "en": "Registered address before enlistment"}, "type": "long_text", "question": {"zh": "\\u5165\\u4f0d\\u524d\\uff0c\\u60a8\\u7684\\u6237\\u53e3\\u5728\\u54ea\\u91cc\\uff1f", "en": "Where were you registered before you enlisted?"}, "absent": "unknown", "options": {}, "known_from": {"department": "police", "share": "household_register"}, "sensitive": true, "source": "L1:45"}, "moves_elsewhere": {"label": {"zh": "\\u5230\\u522b\\u7684\\u5730\\u65b9\\u5b89\\u7f6e", "en": "Placed somewhere else"}, "type": "boolean", "question": {"zh": "\\u60a8\\u662f\\u56de\\u5165\\u4f0d\\u65f6\\u7684\\u8001\\u5bb6\\uff0c\\u8fd8\\u662f\\u5230\\u522b\\u7684\\u5730\\u65b9\\u5b89\\u7f6e\\uff1f", "en": "Do you go back to where you enlisted, or settle somewhere else?"}, "hint": {"zh": "\\u9009\\u201c\\u662f\\u201d\\uff0c\\u8868\\u793a\\u5230\\u522b\\u7684\\u5730\\u65b9\\uff08\\u6613\\u5730\\u5b89\\u7f6e\\uff09\\u3002", "en": "\\u201cYes\\u201d means somewhere else."}, "absent": "unknown", "options": {}, "sensitive": false, "source": "L1:45"}, "placement_ground": {"label": {"zh": "\\u6613\\u5730\\u5b89\\u7f6e\\u7684\\u7406\\u7531", "en": "Ground for settling elsewhere"}, "type": "choice", "question": {"zh": "\\u4e3a\\u4ec0\\u4e48\\u5230\\u90a3\\u91cc\\u5b89\\u7f6e\\uff1f", "en": "Why do you settle there?"}, "absent": "unknown", "options": {"parents_moved": {"zh": "\\u5f53\\u5175\\u671f\\u95f4\\u7236\\u6bcd\\u7684\\u6237\\u53e3\\u8fc1\\u5230\\u4e86\\u90a3\\u91cc", "en": "My parents' registration moved there during my service"}, "spouse": {"zh": "\\u5230\\u914d\\u5076\\u6216\\u8005\\u5cb3\\u7236\\u6bcd\\u3001\\u516c\\u5a46\\u90a3\\u91cc", "en": "To my spouse's or parents-in-law's place"}, "spouse_serving": {"zh": "\\u914d\\u5076\\u662f\\u73b0\\u5f79\\u519b\\u4eba\\uff0c\\u6216\\u8005\\u4e00\\u8d77\\u9000\\u5f79", "en": "My spouse serves there, or left the forces together with me"}, "merit_choice": {"zh": "\\u7acb\\u4e86\\u5927\\u529f\\u6216\\u8005\\u670d\\u5f79\\u5730\\u8270\\u82e6\\uff0c\\u53ef\\u4ee5\\u81ea\\u5df1\\u9009", "en": "High merit or hardship service gives me the choice"}, "special": {"zh": "\\u6709\\u7279\\u6b8a\\u60c5\\u51b5\\uff0c\\u7701\\u91cc\\u6279\\u4e86", "en": "Special case approved by the province"}}, "sensitive": false, "source": "L1:45"}, "placement_region": {"label": {"zh": "\\u5b89\\u7f6e\\u5730", "en": "Place of settlement"}, "type": "region", "question": {"zh": "\\u60a8\\u5728\\u54ea\\u4e2a\\u53bf\\uff08\\u5e02\\u3001\\u533a\\uff09\\u5b89\\u7f6e\\uff1f", "en": "In which county do you settle?"}, "absent": "unknown", "options": {}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "source": "L1:45"}, "settle_address": {"label": {"zh": "\\u8981\\u843d\\u6237\\u7684\\u5730\\u5740", "en": "Address to be registered at"}, "type": "long_text", "question": {"zh": "\\u6237\\u53e3\\u843d\\u5728\\u54ea\\u91cc\\uff1f", "en": "At which address shall you be registered?"}, "hint": {"zh": "\\u4e00\\u822c\\u662f\\u7236\\u6bcd\\u5bb6\\u3002\\u5199\\u5230\\u95e8\\u724c\\u53f7\\u3002", "en": "Usually your parents' home, down to the door number."}, "absent": "unknown", "options": {}, "sensitive": true, "source": "L9:13"}, "host_name": {"label": {"zh": "\\u6237\\u4e3b\\u59d3\\u540d", "en": "Head of the household"}, "type": "text", "question": {"zh": "\\u90a3\\u4e00\\u6237\\u7684\\u6237\\u4e3b\\u662f\\u8c01\\uff1f", "en": "Who is the head of that household?"}, "absent": "unknown", "options": {}, "sensitive": true, "source": "L9:13"}, "host_relation": {"label": {"zh": "\\u60a8\\u548c\\u6237\\u4e3b\\u7684\\u5173\\u7cfb", "en": "Your relation to the head"}, "type": "choice", "question": {"zh": "\\u60a8\\u662f\\u6237\\u4e3b\\u7684\\u4ec0\\u4e48\\u4eba\\uff1f", "en": "What are you to the head of the household?"}, "absent": "unknown", "options": {"self": {"zh": "\\u6211\\u81ea\\u5df1\\u662f\\u6237\\u4e3b", "en": "I am the head"}, "child": {"zh": "\\u5b50\\u5973", "en": "Child"}, "spouse": {"zh": "\\u914d\\u5076", "en": "Spouse"}, "child_in_law": {"zh": "\\u5973\\u5a7f\\u6216\\u513f\\u5ab3", "en": "Son- or daughter-in-law"}, "grandchild": {"zh": "\\u5b59\\u5b50\\u5973\\u3001\\u5916\\u5b59\\u5b50\\u5973", "en": "Grandchild"}, "other": {"zh": "\\u522b\\u7684\\u4eb2\\u5c5e", "en": "Other relative"}}, "sensitive": false, "source": "L9:13"}, "id_card_state": {"label": {"zh": "\\u8eab\\u4efd\\u8bc1\\u73b0\\u5728\\u7684\\u60c5\\u51b5", "en": "State of your ID card"}, "type": "choice", "question": {"zh": "\\u60a8\\u7684\\u8eab\\u4efd\\u8bc1\\u73b0\\u5728\\u600e\\u4e48\\u6837\\uff1f", "en": "What state is your ID card in?"}, "absent": "unknown", "options": {"valid": {"zh": "\\u5728\\u6709\\u6548\\u671f\\u5185\\uff0c\\u5185\\u5bb9\\u6ca1\\u9519", "en": "Valid and correct"}, "expired": {"zh": "\\u8fc7\\u671f\\u4e86", "en": "Expired"}, "damaged": {"zh": "\\u574f\\u4e86\\uff0c\\u770b\\u4e0d\\u6e05", "en": "Damaged"}, "details_wrong": {"zh": "\\u4e0a\\u9762\\u7684\\u5185\\u5bb9\\u4e0d\\u5bf9\\u4e86", "en": "Details are no longer right"}, "lost": {"zh": "\\u4e22\\u4e86", "en": "Lost"}, "never_had": {"zh": "\\u6ca1\\u6709\\u529e\\u8fc7\\uff0c\\u6216\\u8005\\u5165\\u4f0d\\u65f6\\u6536\\u8d70\\u4e86", "en": "Never had one, or handed in at enlistment"}}, "known_from": {"department": "police", "share": "identity"}, "sensitive": false, "source": "L10:11"}, "soldier_kind": {"label": {"zh": "\\u9000\\u5f79\\u65f6\\u7684\\u8eab\\u4efd", "en": "Service category at discharge"}, "type": "choice", "question": {"zh": "\\u60a8\\u9000\\u5f79\\u65f6\\u662f\\u4e49\\u52a1\\u5175\\u3001\\u519b\\u58eb\\u8fd8\\u662f\\u519b\\u5b98\\uff1f", "en": "Did you leave as a conscript, an NCO or an officer?"}, "absent": "unknown", "options": {"conscript": {"zh": "\\u4e49\\u52a1\\u5175", "en": "Conscript"}, "junior_nco": {"zh": "\\u521d\\u7ea7\\u519b\\u58eb", "en": "Junior NCO"}, "senior_nco": {"zh": "\\u4e2d\\u7ea7\\u4ee5\\u4e0a\\u519b\\u58eb", "en": "Intermediate or senior NCO"}, "officer": {"zh": "\\u519b\\u5b98", "en": "Officer"}}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "source": "L1:5"}, "rank": {"label": {"zh": "\\u9000\\u5f79\\u65f6\\u7684\\u519b\\u8854", "en": "Rank at discharge"}, "type": "choice", "question": {"zh": "\\u60a8\\u9000\\u5f79\\u65f6\\u662f\\u4ec0\\u4e48\\u519b\\u8854\\uff1f", "en": "What was your rank at discharge?"}, "absent": "unknown", "options": {"private": {"zh": "\\u5217\\u5175\\u3001\\u4e0a\\u7b49\\u5175", "en": "Private"}, "corporal": {"zh": "\\u4e0b\\u58eb\\u3001\\u4e2d\\u58eb", "en": "Corporal or sergeant"}, "sergeant": {"zh": "\\u4e8c\\u7ea7\\u4e0a\\u58eb", "en": "Staff sergeant, second class"}, "senior_sergeant": {"zh": "\\u4e00\\u7ea7\\u4e0a\\u58eb\\u4ee5\\u4e0a", "en": "Staff sergeant, first class, or above"}, "officer": {"zh": "\\u519b\\u5b98\\u519b\\u8854", "en": "Officer's rank"}}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "source": "L11:52"}, "enlist_date": {"label": {"zh": "\\u5165\\u4f0d\\u65e5\\u671f", "en": "Date of enlistment"}, "type": "date", "question": {"zh": "\\u60a8\\u662f\\u54ea\\u5929\\u5165\\u4f0d\\u7684\\uff1f", "en": "When did you enlist?"}, "absent": "unknown", "options": {}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "source": "L1:21"}, "discharge_date": {"label": {"zh": "\\u6279\\u51c6\\u9000\\u51fa\\u73b0\\u5f79\\u65e5\\u671f", "en": "Date of approved discharge"}, "type": "date", "question": {"zh": "\\u60a8\\u662f\\u54ea\\u5929\\u6279\\u51c6\\u9000\\u5f79\\u7684\\uff1f", "en": "On what day was your discharge approved?"}, "hint": {"zh": "\\u5199\\u5728\\u9000\\u51fa\\u73b0\\u5f79\\u8bc1\\u4e0a\\u3002", "en": "It is written on the discharge certificate."}, "absent": "unknown", "options": {}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "check": "discharge_date >= enlist_date", "source": "L1:51"}, "service_months": {"label": {"zh": "\\u670d\\u5f79\\u6708\\u6570", "en": "Months of service"}, "type": "integer", "question": {"zh": "\\u60a8\\u4e00\\u5171\\u5f53\\u4e86\\u591a\\u5c11\\u4e2a\\u6708\\u7684\\u5175\\uff1f", "en": "How many months did you serve in all?"}, "absent": "unknown", "options": {}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "check": "service_months BETWEEN 1 AND 600", "source": "L1:21"}, "certificate_number": {"label": {"zh": "\\u9000\\u51fa\\u73b0\\u5f79\\u8bc1\\u7f16\\u53f7", "en": "Discharge certificate number"}, "type": "text", "question": {"zh": "\\u9000\\u51fa\\u73b0\\u5f79\\u8bc1\\u4e0a\\u7684\\u7f16\\u53f7\\u662f\\u591a\\u5c11\\uff1f", "en": "What is the number on your discharge certificate?"}, "hint": {"zh": "\\u8bc1\\u8fd8\\u6ca1\\u53d1\\u4e0b\\u6765\\u5c31\\u7a7a\\u7740\\uff0c\\u4ee5\\u540e\\u518d\\u8865\\u3002", "en": "Leave empty if it has not been issued; add it later."}, "absent": "unknown", "options": {}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": true, "source": "F25"}, "highest_merit": {"label": {"zh": "\\u670d\\u5f79\\u671f\\u95f4\\u6700\\u9ad8\\u7684\\u4e00\\u6b21\\u5956\\u52b1", "en": "Highest award during service"}, "type": "choice", "question": {"zh": "\\u5f53\\u5175\\u65f6\\u5f97\\u8fc7\\u7684\\u6700\\u9ad8\\u5956\\u52b1\\u662f\\u54ea\\u4e00\\u79cd\\uff1f", "en": "What is the highest award you received in service?"}, "hint": {"zh": "\\u5609\\u5956\\u3001\\u4f18\\u79c0\\u58eb\\u5175\\u9009\\u201c\\u6ca1\\u6709\\u4ee5\\u4e0a\\u5956\\u52b1\\u201d\\u3002", "en": "For a citation or \\u201cexcellent soldier\\u201d choose \\u201cnone of these\\u201d."}, "absent": "unknown", "options": {"none": {"zh": "\\u6ca1\\u6709\\u4ee5\\u4e0a\\u5956\\u52b1", "en": "None of these"}, "merit_3": {"zh": "\\u4e09\\u7b49\\u529f", "en": "Merit, third class"}, "war_merit_4": {"zh": "\\u56db\\u7b49\\u6218\\u529f", "en": "War merit, fourth class"}, "merit_2": {"zh": "\\u4e8c\\u7b49\\u529f", "en": "Merit, second class"}, "war_merit_3": {"zh": "\\u4e09\\u7b49\\u6218\\u529f", "en": "War merit, third class"}, "commendation_2": {"zh": "\\u4e8c\\u7ea7\\u8868\\u5f70", "en": "Commendation, second level"}, "merit_1": {"zh": "\\u4e00\\u7b49\\u529f", "en": "Merit, first class"}, "war_merit_2": {"zh": "\\u4e8c\\u7b49\\u6218\\u529f", "en": "War merit, second class"}, "commendation_1": {"zh": "\\u4e00\\u7ea7\\u8868\\u5f70", "en": "Commendation, first level"}, "war_merit_1": {"zh": "\\u4e00\\u7b49\\u6218\\u529f", "en": "War merit, first class"}, "honour_title": {"zh": "\\u52cb\\u7ae0\\u6216\\u8363\\u8a89\\u79f0\\u53f7", "en": "Order or title of honour"}}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "source": "L1:22"}, "disability_cause": {"label": {"zh": "\\u6b8b\\u75be\\u6027\\u8d28", "en": "Cause of disability"}, "type": "choice", "question": {"zh": "\\u90e8\\u961f\\u7ed9\\u60a8\\u8bc4\\u8fc7\\u6b8b\\u75be\\u7b49\\u7ea7\\u5417\\uff1f\\u662f\\u4ec0\\u4e48\\u539f\\u56e0\\uff1f", "en": "Did the army grade a disability? What was the cause?"}, "absent": "unknown", "options": {"none": {"zh": "\\u6ca1\\u6709\\u8bc4\\u8fc7", "en": "None graded"}, "war": {"zh": "\\u56e0\\u6218", "en": "In action"}, "duty": {"zh": "\\u56e0\\u516c", "en": "On duty"}, "illness": {"zh": "\\u56e0\\u75c5", "en": "Illness"}}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": true, "source": "L4:27"}, "disability_grade": {"label": {"zh": "\\u6b8b\\u75be\\u7b49\\u7ea7", "en": "Disability grade"}, "type": "integer", "question": {"zh": "\\u8bc4\\u7684\\u662f\\u51e0\\u7ea7\\uff1f", "en": "Which grade was it?"}, "hint": {"zh": "1 \\u7ea7\\u6700\\u91cd\\uff0c10 \\u7ea7\\u6700\\u8f7b\\u3002\\u5199\\u5728\\u6b8b\\u75be\\u519b\\u4eba\\u8bc1\\u4e0a\\u3002", "en": "1 is the most severe, 10 the least. It is on the certificate."}, "absent": "none", "options": {}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": true, "check": "disability_grade BETWEEN 1 AND 10", "source": "L4:27"}, "medically_unfit": {"label": {"zh": "\\u91cd\\u75c5\\uff0c\\u7ecf\\u9274\\u5b9a\\u57fa\\u672c\\u4e27\\u5931\\u5de5\\u4f5c\\u80fd\\u529b", "en": "Certified unfit for work through serious illness"}, "type": "boolean", "question": {"zh": "\\u60a8\\u662f\\u4e0d\\u662f\\u5f97\\u4e86\\u91cd\\u75c5\\uff0c\\u9274\\u5b9a\\u8fc7\\u4e0d\\u80fd\\u5de5\\u4f5c\\uff1f", "en": "Were you certified unfit for work through serious illness?"}, "absent": "unknown", "options": {}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": true, "source": "L1:36"}, "martyr_child": {"label": {"zh": "\\u662f\\u70c8\\u58eb\\u7684\\u5b50\\u5973", "en": "Child of a martyr"}, "type": "boolean", "question": {"zh": "\\u60a8\\u7684\\u7236\\u4eb2\\u6216\\u8005\\u6bcd\\u4eb2\\u662f\\u70c8\\u58eb\\u5417\\uff1f", "en": "Was your father or mother a martyr?"}, "absent": "unknown", "options": {}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "source": "L1:25"}, "assignment_bar": {"label": {"zh": "\\u6709\\u6ca1\\u6709\\u4e0d\\u80fd\\u5b89\\u6392\\u5de5\\u4f5c\\u7684\\u60c5\\u5f62", "en": "Anything that rules out assigned work"}, "type": "choice", "question": {"zh": "\\u60a8\\u6709\\u6ca1\\u6709\\u4e0b\\u9762\\u7684\\u60c5\\u51b5\\uff1f", "en": "Does any of these apply to you?"}, "absent": "unknown", "options": {"none": {"zh": "\\u6ca1\\u6709", "en": "No"}, "expelled": {"zh": "\\u88ab\\u5f00\\u9664\\u515a\\u7c4d", "en": "Expelled from the Party"}, "sentenced": {"zh": "\\u53d7\\u8fc7\\u5211\\u4e8b\\u5904\\u7f5a", "en": "Criminal sentence"}, "forced_discharge": {"zh": "\\u88ab\\u5f3a\\u5236\\u9000\\u5f79\\u7b49", "en": "Compulsory discharge or similar"}}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": true, "source": "L1:35"}, "monthly_pension_confirmed": {"label": {"zh": "\\u90e8\\u961f\\u786e\\u8ba4\\u7b26\\u5408\\u9010\\u6708\\u9886\\u53d6\\u9000\\u5f79\\u91d1\\u7684\\u6761\\u4ef6", "en": "Confirmed by the army for a monthly pension"}, "type": "boolean", "question": {"zh": "\\u90e8\\u961f\\u8bf4\\u8fc7\\u60a8\\u53ef\\u4ee5\\u9010\\u6708\\u9886\\u9000\\u5f79\\u91d1\\u5417\\uff1f", "en": "Did the army confirm a monthly pension for you?"}, "absent": "unknown", "options": {}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "source": "L1:18"}, "officer_placement": {"label": {"zh": "\\u519b\\u5b98\\u7684\\u5b89\\u7f6e\\u65b9\\u5f0f", "en": "Placement of an officer"}, "type": "choice", "question": {"zh": "\\u90e8\\u961f\\u7ed9\\u60a8\\u5b9a\\u7684\\u662f\\u54ea\\u79cd\\u5b89\\u7f6e\\uff1f", "en": "Which placement did the army decide for you?"}, "absent": "unknown", "options": {"retired": {"zh": "\\u9000\\u4f11", "en": "Retired"}, "transferred": {"zh": "\\u8f6c\\u4e1a", "en": "Transferred to a civilian post"}, "monthly_pension": {"zh": "\\u9010\\u6708\\u9886\\u53d6\\u9000\\u5f79\\u91d1", "en": "Monthly pension"}, "demobilised": {"zh": "\\u590d\\u5458", "en": "Demobilised"}}, "known_from": {"department": "veterans_affairs", "share": "service_record"}, "sensitive": false, "source": "L1:12"}, "placement_wish": {"label": {"zh": "\\u60a8\\u7684\\u6253\\u7b97", "en": "Your own choice"}, "type": "choice", "question": {"zh": "\\u60a8\\u9000\\u5f79\\u540e\\u662f\\u81ea\\u5df1\\u627e\\u5de5\\u4f5c\\uff0c\\u8fd8\\u662f\\u6309\\u89c4\\u5b9a\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\uff1f", "en": "Will you find work yourself, or take what the rules give you?"}, "hint": {"zh": "\\u9009\\u4e86\\u81ea\\u5df1\\u627e\\u5de5\\u4f5c\\uff0c\\u5c31\\u4e0d\\u518d\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002\\u4e0d\\u6e05\\u695a\\u5c31\\u9009\\u201c\\u6309\\u89c4\\u5b9a\\u6765\\u201d\\u3002", "en": "If you find work yourself, none is assigned. If unsure, choose \\u201cby the rules\\u201d."}, "absent": "unknown", "options": {"by_law": {"zh": "\\u6309\\u89c4\\u5b9a\\u6765", "en": "By the rules"}, "self_employed": {"zh": "\\u81ea\\u5df1\\u627e\\u5de5\\u4f5c\\uff08\\u81ea\\u4e3b\\u5c31\\u4e1a\\uff09", "en": "Find work myself"}, "assigned_work": {"zh": "\\u8981\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c", "en": "Have work assigned"}, "provided_for": {"zh": "\\u8981\\u56fd\\u5bb6\\u4f9b\\u517b", "en": "Be provided for by the State"}}, "sensitive": false, "source": "L1:20"}, "placement_type": {"label": {"zh": "\\u5b89\\u7f6e\\u65b9\\u5f0f", "en": "Placement type"}, "type": "choice", "hint": {"zh": "\\u6309\\u6761\\u4f8b\\u7b97\\u51fa\\u6765\\u7684\\uff0c\\u4e0d\\u7528\\u586b\\u3002", "en": "Derived from the Regulation; nothing to fill in."}, "absent": "unknown", "options": {"self_employed": {"zh": "\\u81ea\\u4e3b\\u5c31\\u4e1a", "en": "Self-employment"}, "assigned_work": {"zh": "\\u5b89\\u6392\\u5de5\\u4f5c", "en": "Assigned work"}, "monthly_pension": {"zh": "\\u9010\\u6708\\u9886\\u53d6\\u9000\\u5f79\\u91d1", "en": "Monthly pension"}, "retired": {"zh": "\\u9000\\u4f11", "en": "Retirement"}, "provided_for": {"zh": "\\u4f9b\\u517b", "en": "Provided for by the State"}, "transferred": {"zh": "\\u8f6c\\u4e1a", "en": "Transfer to a civilian post"}, "demobilised": {"zh": "\\u590d\\u5458", "en": "Demobilisation"}}, "sensitive": false, "source": "L1:5"}, "reserve_confirmed": {"label": {"zh": "\\u90e8\\u961f\\u786e\\u5b9a\\u8981\\u767b\\u8bb0\\u9884\\u5907\\u5f79", "en": "Named by the army for the reserve"}, "type": "boolean", "question": {"zh": "\\u90e8\\u961f\\u901a\\u77e5\\u60a8\\u767b\\u8bb0\\u9884\\u5907\\u5f79\\u4e86\\u5417\\uff1f", "en": "Did the army tell you to register for the reserve?"}, "absent": "unknown", "options": {}, "known_from": {"department": "armed_forces", "share": "reserve_list"}, "sensitive": false, "source": "L3:17"}, "bank_account": {"label": {"zh": "\\u6536\\u94b1\\u7684\\u94f6\\u884c\\u5361\\u53f7", "en": "Bank card for payments"}, "type": "bank_card", "question": {"zh": "\\u8865\\u52a9\\u6253\\u5230\\u60a8\\u54ea\\u5f20\\u94f6\\u884c\\u5361\\uff1f", "en": "Which bank card shall be paid?"}, "hint": {"zh": "\\u8981\\u7528\\u60a8\\u672c\\u4eba\\u540d\\u5b57\\u5f00\\u7684\\u5361\\u3002", "en": "It must be in your own name."}, "absent": "unknown", "options": {}, "sensitive": true, "source": "F13"}, "employment_status": {"label": {"zh": "\\u73b0\\u5728\\u7684\\u5de5\\u4f5c\\u60c5\\u51b5", "en": "Present work"}, "type": "choice", "question": {"zh": "\\u60a8\\u73b0\\u5728\\u6709\\u5de5\\u4f5c\\u5417\\uff1f", "en": "Do you have work now?"}, "absent": "unknown", "options": {"unemployed": {"zh": "\\u8fd8\\u6ca1\\u6709\\u5de5\\u4f5c", "en": "Not yet"}, "employed": {"zh": "\\u5728\\u5355\\u4f4d\\u4e0a\\u73ed", "en": "Employed"}, "own_business": {"zh": "\\u81ea\\u5df1\\u5e72\\uff08\\u4e2a\\u4f53\\u3001\\u7075\\u6d3b\\u5c31\\u4e1a\\uff09", "en": "Own business or freelance"}, "studying": {"zh": "\\u5728\\u4e0a\\u5b66\\u6216\\u8005\\u8981\\u590d\\u5b66", "en": "Studying"}}, "sensitive": false, "source": "L1:83"}, "paid_before_service": {"label": {"zh": "\\u5165\\u4f0d\\u524d\\u4ea4\\u8fc7\\u517b\\u8001\\u4fdd\\u9669", "en": "Paid pension insurance before enlistment"}, "type": "boolean", "question": {"zh": "\\u5165\\u4f0d\\u524d\\uff0c\\u60a8\\u4ea4\\u8fc7\\u517b\\u8001\\u4fdd\\u9669\\u5417\\uff1f", "en": "Did you pay pension insurance before you enlisted?"}, "absent": "unknown", "options": {}, "known_from": {"department": "social_insurance", "share": "contribution_record"}, "sensitive": false, "source": "L1:81"}, "medical_scheme": {"label": {"zh": "\\u53c2\\u52a0\\u54ea\\u79cd\\u533b\\u4fdd", "en": "Medical insurance scheme"}, "type": "choice", "question": {"zh": "\\u60a8\\u53c2\\u52a0\\u804c\\u5de5\\u533b\\u4fdd\\uff0c\\u8fd8\\u662f\\u57ce\\u4e61\\u5c45\\u6c11\\u533b\\u4fdd\\uff1f", "en": "Will you join the employees' or the residents' medical insurance?"}, "hint": {"zh": "\\u8fd8\\u6ca1\\u6709\\u5355\\u4f4d\\u7684\\uff0c\\u4e24\\u79cd\\u90fd\\u53ef\\u4ee5\\u9009\\u3002\\u5c45\\u6c11\\u533b\\u4fdd\\u4ea4\\u5f97\\u5c11\\uff0c\\u804c\\u5de5\\u533b\\u4fdd\\u62a5\\u5f97\\u591a\\u3002", "en": "Without an employer you may choose either: the residents' costs less, the employees' pays more."}, "absent": "unknown", "options": {"employee": {"zh": "\\u804c\\u5de5\\u533b\\u4fdd", "en": "Employees' insurance"}, "resident": {"zh": "\\u57ce\\u4e61\\u5c45\\u6c11\\u533b\\u4fdd", "en": "Residents' insurance"}}, "sensitive": false, "source": "L1:83"}, "medical_voucher_received": {"label": {"zh": "\\u90e8\\u961f\\u7ed9\\u4e86\\u533b\\u4fdd\\u8f6c\\u79fb\\u51ed\\u8bc1", "en": "The army gave a medical-insurance transfer voucher"}, "type": "boolean", "question": {"zh": "\\u90e8\\u961f\\u7ed9\\u60a8\\u533b\\u4fdd\\u8f6c\\u79fb\\u51ed\\u8bc1\\u4e86\\u5417\\uff1f", "en": "Did the army give you a medical-insurance transfer voucher?"}, "hint": {"zh": "\\u6709\\u7684\\u4eba\\u6ca1\\u6709\\u51ed\\u8bc1\\uff0c\\u94b1\\u76f4\\u63a5\\u53d1\\u7ed9\\u4e86\\u672c\\u4eba\\uff0c\\u90a3\\u5c31\\u9009\\u201c\\u6ca1\\u6709\\u201d\\u3002", "en": "Some get the money in hand instead of a voucher; then answer no."}, "absent": "unknown", "options": {}, "sensitive": false, "source": "F19"}, "social_card_state": {"label": {"zh": "\\u793e\\u4fdd\\u5361\\u73b0\\u5728\\u7684\\u60c5\\u51b5", "en": "State of your social security card"}, "type": "choice", "question": {"zh": "\\u60a8\\u6709\\u793e\\u4fdd\\u5361\\u5417\\uff1f\\u73b0\\u5728\\u80fd\\u7528\\u5417\\uff1f", "en": "Do you have a social security card, and does it work?"}, "absent": "unknown", "options": {"valid_local": {"zh": "\\u6709\\u672c\\u5730\\u80fd\\u7528\\u7684\\u5361", "en": "A working local card"}, "none": {"zh": "\\u6ca1\\u6709\\u5361", "en": "No card"}, "other_place": {"zh": "\\u5361\\u662f\\u5916\\u5730\\u7684", "en": "Card from another place"}, "expired": {"zh": "\\u5361\\u8fc7\\u671f\\u6216\\u8005\\u574f\\u4e86", "en": "Expired or broken"}}, "known_from": {"department": "human_resources", "share": "card_register"}, "sensitive": false, "source": "L19:7"}, "card_bank": {"label": {"zh": "\\u793e\\u4fdd\\u5361\\u7528\\u54ea\\u5bb6\\u94f6\\u884c", "en": "Bank of the card"}, "type": "choice", "question": {"zh": "\\u793e\\u4fdd\\u5361\\u9009\\u54ea\\u5bb6\\u94f6\\u884c\\u7684\\uff1f", "en": "Which bank shall issue the card?"}, "absent": "unknown", "options": {"rural_commercial": {"zh": "\\u519c\\u5546\\u94f6\\u884c\\uff08\\u4fe1\\u7528\\u793e\\uff09", "en": "Rural commercial bank"}, "agricultural": {"zh": "\\u519c\\u4e1a\\u94f6\\u884c", "en": "Agricultural bank"}, "postal": {"zh": "\\u90ae\\u50a8\\u94f6\\u884c", "en": "Postal savings bank"}, "other": {"zh": "\\u522b\\u7684\\u94f6\\u884c\\uff0c\\u5230\\u7a97\\u53e3\\u518d\\u9009", "en": "Another, chosen at the counter"}}, "sensitive": false, "source": "L19:7"}, "wants_training": {"label": {"zh": "\\u60f3\\u53c2\\u52a0\\u514d\\u8d39\\u6280\\u80fd\\u57f9\\u8bad", "en": "Wants free training"}, "type": "boolean", "question": {"zh": "\\u60f3\\u53c2\\u52a0\\u4e00\\u6b21\\u514d\\u8d39\\u7684\\u6280\\u80fd\\u57f9\\u8bad\\u5417\\uff1f", "en": "Would you like free vocational training?"}, "hint": {"zh": "\\u4e0d\\u60f3\\u5c31\\u9009\\u201c\\u4e0d\\u60f3\\u201d\\uff0c\\u4e0d\\u5f71\\u54cd\\u522b\\u7684\\u4e8b\\u3002\\u4ee5\\u540e\\u4e5f\\u80fd\\u518d\\u62a5\\u3002", "en": "You may say no; nothing else depends on it, and you can apply later."}, "absent": "unknown", "options": {}, "sensitive": false, "source": "L1:64"}, "training_direction": {"label": {"zh": "\\u60f3\\u5b66\\u4ec0\\u4e48", "en": "What to learn"}, "type": "choice", "question": {"zh": "\\u60a8\\u60f3\\u5b66\\u54ea\\u4e00\\u7c7b\\uff1f", "en": "What would you like to learn?"}, "absent": "unknown", "options": {"driving": {"zh": "\\u9a7e\\u9a76\\u3001\\u5de5\\u7a0b\\u673a\\u68b0", "en": "Driving and machinery"}, "electrical": {"zh": "\\u7535\\u5de5\\u3001\\u710a\\u5de5\\u7b49\\u6280\\u672f\\u5de5\\u79cd", "en": "Electrician, welder and similar trades"}, "computing": {"zh": "\\u8ba1\\u7b97\\u673a\\u3001\\u7535\\u5546", "en": "Computing and e-commerce"}, "care": {"zh": "\\u6d88\\u9632\\u3001\\u5b89\\u4fdd\\u3001\\u517b\\u8001\\u62a4\\u7406", "en": "Fire, security, elderly care"}, "business": {"zh": "\\u5f00\\u5e97\\u529e\\u5382", "en": "Starting a business"}, "undecided": {"zh": "\\u6ca1\\u60f3\\u597d\\uff0c\\u8bf7\\u5e2e\\u6211\\u53c2\\u8c0b", "en": "Undecided, please advise me"}}, "sensitive": false, "source": "L2:36"}, "skills": {"label": {"zh": "\\u4f1a\\u4ec0\\u4e48\\u624b\\u827a\\u3001\\u6709\\u4ec0\\u4e48\\u8bc1", "en": "Skills and certificates"}, "type": "long_text", "question": {"zh": "\\u60a8\\u4f1a\\u4ec0\\u4e48\\u624b\\u827a\\uff0c\\u6709\\u4ec0\\u4e48\\u8bc1\\u4e66\\uff1f", "en": "What skills or certificates do you have?"}, "hint": {"zh": "\\u53ef\\u4ee5\\u4e0d\\u586b\\u3002\\u4e0d\\u8981\\u5199\\u90e8\\u961f\\u756a\\u53f7\\u548c\\u5c97\\u4f4d\\u3002", "en": "Optional. Do not write your unit or military post."}, "absent": "unknown", "options": {}, "sensitive": false, "source": "L2:36"}, "membership": {"label": {"zh": "\\u515a\\u56e2\\u5458\\u8eab\\u4efd", "en": "Party or League membership"}, "type": "choice", "question": {"zh": "\\u60a8\\u662f\\u515a\\u5458\\u8fd8\\u662f\\u56e2\\u5458\\uff1f", "en": "Are you a member of the Party or the Youth League?"}, "absent": "unknown", "options": {"none": {"zh": "\\u90fd\\u4e0d\\u662f", "en": "Neither"}, "party_member": {"zh": "\\u515a\\u5458\\uff08\\u542b\\u9884\\u5907\\u515a\\u5458\\uff09", "en": "Party member (or candidate)"}, "league_member": {"zh": "\\u56e2\\u5458", "en": "League member"}}, "sensitive": false, "source": "F11"}, "receiving_branch": {"label": {"zh": "\\u63a5\\u6536\\u60a8\\u7684\\u652f\\u90e8", "en": "Branch that takes you in"}, "type": "text", "question": {"zh": "\\u7ec4\\u7ec7\\u5173\\u7cfb\\u8f6c\\u5230\\u54ea\\u4e2a\\u652f\\u90e8\\uff1f", "en": "Which branch shall your membership move to?"}, "hint": {"zh": "\\u4e00\\u822c\\u662f\\u6751\\u6216\\u793e\\u533a\\u652f\\u90e8\\u3002\\u4e0d\\u6e05\\u695a\\u5c31\\u5199\\u201c\\u8bf7\\u5e2e\\u6211\\u67e5\\u201d\\u3002", "en": "Usually that of your village or community. If unsure, write \\u201cplease look it up\\u201d."}, "absent": "unknown", "options": {}, "sensitive": false, "source": "F11"}, "wants_job_help": {"label": {"zh": "\\u8981\\u4e0d\\u8981\\u5e2e\\u7740\\u627e\\u5de5\\u4f5c", "en": "Wants help finding work"}, "type": "boolean", "question": {"zh": "\\u8981\\u4e0d\\u8981\\u767b\\u8bb0\\u6c42\\u804c\\uff0c\\u8ba9\\u4eba\\u793e\\u5c40\\u5e2e\\u60a8\\u627e\\u5de5\\u4f5c\\uff1f", "en": "Shall Human Resources register you and help you find work?"}, "hint": {"zh": "\\u767b\\u8bb0\\u4e86\\uff0c\\u624d\\u80fd\\u7533\\u9886\\u5931\\u4e1a\\u4fdd\\u9669\\u91d1\\u3002", "en": "Unemployment benefit also needs this registration."}, "absent": "unknown", "options": {}, "sensitive": false, "source": "L2:41"}, "job_wish": {"label": {"zh": "\\u60f3\\u627e\\u4ec0\\u4e48\\u5de5\\u4f5c", "en": "Work you are looking for"}, "type": "long_text", "question": {"zh": "\\u60a8\\u60f3\\u627e\\u4ec0\\u4e48\\u6837\\u7684\\u5de5\\u4f5c\\uff1f", "en": "What kind of work are you looking for?"}, "hint": {"zh": "\\u5199\\u4e00\\u4e24\\u53e5\\u5c31\\u884c\\uff0c\\u6bd4\\u5982\\u201c\\u672c\\u53bf\\uff0c\\u5f00\\u8f66\\u201d\\u3002", "en": "A line is enough, such as \\u201cin this county, driving\\u201d."}, "absent": "unknown", "options": {}, "sensitive": false, "source": "L2:41"}}, "matters": {"report_in": {"id": "report_in", "title": {"zh": "\\u9000\\u5f79\\u62a5\\u5230", "en": "Report after discharge"}, "department": "veterans_affairs", "result": {"zh": "\\u62a5\\u5230\\u767b\\u8bb0\\u56de\\u6267\\uff1b\\u8981\\u529e\\u6237\\u53e3\\u7684\\uff0c\\u540c\\u65f6\\u6709\\u6237\\u53e3\\u767b\\u8bb0\\u4ecb\\u7ecd\\u4fe1", "en": "Registration receipt; with it, if needed, the letter for household registration"}, "applies": [{"when": "placement_type <> 'retired'", "because": {"zh": "\\u9000\\u5f79\\u540e\\u5148\\u5230\\u5b89\\u7f6e\\u5730\\u9000\\u5f79\\u519b\\u4eba\\u5c40\\u62a5\\u5230\\u3002", "en": "After discharge you first report to Veterans Affairs where you settle."}, "otherwise": {"zh": "\\u9000\\u4f11\\u7684\\u4eba\\u7531\\u90e8\\u961f\\u548c\\u5b89\\u7f6e\\u5730\\u76f4\\u63a5\\u4ea4\\u63a5\\uff0c\\u4e0d\\u7528\\u81ea\\u5df1\\u62a5\\u5230\\u3002", "en": "Those who retire are handed over by the army; they need not report."}, "source": "L1:51"}], "working_days": {"alone": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u8981\\u77e5\\u9053\\u662f\\u8c01\\u6765\\u62a5\\u5230\\u3002", "en": "To know who is reporting."}, "source": "L1:51", "optional": false}, {"field": "id_number", "because": {"zh": "\\u8981\\u548c\\u90e8\\u961f\\u9001\\u6765\\u7684\\u540d\\u518c\\u5bf9\\u4e0a\\u3002", "en": "To match the roster the army sent."}, "source": "L1:51", "optional": false}, {"field": "phone", "because": {"zh": "\\u5f00\\u597d\\u4ecb\\u7ecd\\u4fe1\\u3001\\u7f3a\\u4e86\\u4ec0\\u4e48\\uff0c\\u8981\\u627e\\u5f97\\u5230\\u60a8\\u3002", "en": "To tell you when the letter is ready or something is missing."}, "source": "L1:53", "optional": false}, {"field": "soldier_kind", "because": {"zh": "\\u4e49\\u52a1\\u5175\\u3001\\u519b\\u58eb\\u3001\\u519b\\u5b98\\u7684\\u5b89\\u7f6e\\u529e\\u6cd5\\u4e0d\\u4e00\\u6837\\u3002", "en": "Conscripts, NCOs and officers are placed by different rules."}, "source": "L1:5", "optional": false}, {"field": "enlist_date", "because": {"zh": "\\u5b89\\u7f6e\\u5730\\u770b\\u5165\\u4f0d\\u90a3\\u5929\\u7684\\u6237\\u53e3\\u5728\\u54ea\\u91cc\\u3002", "en": "The place of settlement depends on where you were registered on that day."}, "source": "L1:45", "optional": false}, {"field": "discharge_date", "because": {"zh": "30 \\u5929\\u62a5\\u5230\\u4ece\\u8fd9\\u4e00\\u5929\\u6570\\u8d77\\u3002", "en": "The 30 days to report run from this day."}, "source": "L1:51", "optional": false}, {"field": "service_months", "because": {"zh": "\\u519b\\u58eb\\u6ee1 12 \\u5e74\\u7684\\uff0c\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "NCOs with 12 years have work assigned."}, "source": "L1:25", "optional": false}, {"field": "birth_date", "because": {"zh": "\\u9000\\u5f79\\u65f6\\u6ee1 55 \\u5c81\\u7684\\uff0c\\u4f5c\\u9000\\u4f11\\u5b89\\u7f6e\\u3002", "en": "Whoever is 55 or more at discharge retires."}, "source": "L1:36", "when": "soldier_kind = 'senior_nco'", "optional": false}, {"field": "certificate_number", "because": {"zh": "\\u548c\\u9000\\u51fa\\u73b0\\u5f79\\u8bc1\\u6838\\u5bf9\\uff0c\\u9632\\u6b62\\u767b\\u9519\\u4eba\\u3002", "en": "Checked against the certificate so that nobody is mixed up."}, "source": "F25", "optional": true}, {"field": "highest_merit", "because": {"zh": "\\u7acb\\u8fc7\\u5927\\u529f\\u7684\\u4eba\\uff0c\\u53ef\\u4ee5\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "High merit gives the right to assigned work."}, "source": "L1:25", "optional": false}, {"field": "disability_cause", "because": {"zh": "\\u56e0\\u6218\\u6b8b\\u75be\\u7684\\u4eba\\uff0c\\u5b89\\u7f6e\\u529e\\u6cd5\\u4e0d\\u4e00\\u6837\\u3002", "en": "Disability in action changes the placement."}, "source": "L1:25", "optional": false}, {"field": "disability_grade", "because": {"zh": "\\u51e0\\u7ea7\\u6b8b\\u75be\\uff0c\\u51b3\\u5b9a\\u662f\\u4f9b\\u517b\\u3001\\u9000\\u4f11\\u8fd8\\u662f\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "The grade decides between provision, retirement and assigned work."}, "source": "L1:38", "when": "disability_cause <> 'none'", "optional": false}, {"field": "medically_unfit", "because": {"zh": "\\u91cd\\u75c5\\u4e0d\\u80fd\\u5de5\\u4f5c\\u7684\\uff0c\\u4f5c\\u9000\\u4f11\\u5b89\\u7f6e\\u3002", "en": "Serious illness leads to retirement."}, "source": "L1:36", "when": "soldier_kind = 'senior_nco'", "optional": false}, {"field": "martyr_child", "because": {"zh": "\\u70c8\\u58eb\\u7684\\u5b50\\u5973\\uff0c\\u53ef\\u4ee5\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "A martyr's child has the right to assigned work."}, "source": "L1:25", "optional": false}, {"field": "assignment_bar", "because": {"zh": "\\u6709\\u51e0\\u79cd\\u60c5\\u5f62\\uff0c\\u6761\\u4f8b\\u4e0d\\u8bb8\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "In a few cases the Regulation rules out assigned work."}, "source": "L1:35", "optional": false}, {"field": "monthly_pension_confirmed", "because": {"zh": "\\u519b\\u58eb\\u591f\\u6761\\u4ef6\\u7684\\uff0c\\u53ef\\u4ee5\\u9010\\u6708\\u9886\\u9000\\u5f79\\u91d1\\u3002", "en": "NCOs who qualify may draw a monthly pension."}, "source": "L1:18", "when": "soldier_kind IN ('junior_nco', 'senior_nco')", "optional": false}, {"field": "officer_placement", "because": {"zh": "\\u519b\\u5b98\\u7684\\u5b89\\u7f6e\\u65b9\\u5f0f\\u7531\\u90e8\\u961f\\u5148\\u5b9a\\u3002", "en": "An officer's placement is decided by the army."}, "source": "L1:12", "when": "soldier_kind = 'officer'", "optional": false}, {"field": "placement_wish", "because": {"zh": "\\u6761\\u4f8b\\u8ba9\\u60a8\\u81ea\\u5df1\\u9009\\u7684\\uff0c\\u8981\\u542c\\u60a8\\u7684\\u3002", "en": "Where the Regulation leaves it to you, you decide."}, "source": "L1:20", "when": "soldier_kind <> 'officer'", "optional": false}, {"field": "moves_elsewhere", "because": {"zh": "\\u5230\\u522b\\u5904\\u5b89\\u7f6e\\uff0c\\u8981\\u53e6\\u6709\\u7406\\u7531\\u548c\\u8bc1\\u660e\\u3002", "en": "Settling elsewhere needs a ground and proof."}, "source": "L1:45", "optional": false}, {"field": "placement_ground", "because": {"zh": "\\u6761\\u4f8b\\u53ea\\u8ba4\\u8fd9\\u51e0\\u79cd\\u7406\\u7531\\u3002", "en": "The Regulation accepts only these grounds."}, "source": "L1:45", "when": "moves_elsewhere", "optional": false}, {"field": "placement_region", "because": {"zh": "\\u8981\\u77e5\\u9053\\u7531\\u54ea\\u4e2a\\u53bf\\u63a5\\u60a8\\u3002", "en": "To know which county receives you."}, "source": "L1:45", "optional": false}, {"field": "residence_address", "because": {"zh": "\\u5206\\u7ed9\\u79bb\\u60a8\\u6700\\u8fd1\\u7684\\u670d\\u52a1\\u7ad9\\u8054\\u7cfb\\u60a8\\u3002", "en": "So that the nearest service station looks after you."}, "source": "L2:65", "optional": false}], "materials": [{"any_of": ["discharge_certificate"], "because": {"zh": "\\u62a5\\u5230\\u8981\\u770b\\u9000\\u51fa\\u73b0\\u5f79\\u8bc1\\u3002", "en": "Reporting requires the discharge certificate."}, "source": "F10"}, {"any_of": ["administrative_letter"], "because": {"zh": "\\u62a5\\u5230\\u51ed\\u90e8\\u961f\\u5f00\\u7684\\u884c\\u653f\\u4ecb\\u7ecd\\u4fe1\\u3002", "en": "You report on the letter from your unit."}, "source": "F10"}, {"any_of": ["identity_proof"], "because": {"zh": "\\u8981\\u6838\\u5bf9\\u662f\\u60a8\\u672c\\u4eba\\u3002", "en": "Your identity is checked."}, "source": "F10"}, {"any_of": ["placement_notice"], "because": {"zh": "\\u5b89\\u6392\\u5de5\\u4f5c\\u7684\\uff0c\\u62a5\\u5230\\u8981\\u5e26\\u63a5\\u6536\\u5b89\\u7f6e\\u901a\\u77e5\\u4e66\\u3002", "en": "With assigned work, the notice of placement is required."}, "source": "F10", "when": "placement_type = 'assigned_work'"}, {"any_of": ["supply_letter"], "because": {"zh": "\\u519b\\u5b98\\u62a5\\u5230\\u8981\\u5e26\\u4f9b\\u7ed9\\u4ecb\\u7ecd\\u4fe1\\u3002", "en": "Officers bring the letter on pay and supply."}, "source": "F11", "when": "soldier_kind = 'officer'"}, {"any_of": ["merit_certificate"], "because": {"zh": "\\u7acb\\u529f\\u7684\\u8bc1\\u4e66\\u662f\\u5b89\\u6392\\u5de5\\u4f5c\\u7684\\u4f9d\\u636e\\u3002", "en": "The merit certificate is the ground for assigned work."}, "source": "F10", "when": "placement_type = 'assigned_work' AND highest_merit IN ('honour_title', 'commendation_1', 'war_merit_1', 'war_merit_2', 'war_merit_3', 'merit_1', 'merit_2')"}, {"any_of": ["disability_certificate"], "because": {"zh": "\\u6b8b\\u75be\\u7b49\\u7ea7\\u770b\\u6b8b\\u75be\\u519b\\u4eba\\u8bc1\\u3002", "en": "The grade is read from the certificate."}, "source": "F10", "when": "disability_cause <> 'none'"}, {"any_of": ["martyr_certificate"], "because": {"zh": "\\u8bc1\\u660e\\u60a8\\u662f\\u70c8\\u58eb\\u7684\\u5b50\\u5973\\u3002", "en": "It shows that you are a martyr's child."}, "source": "F10", "when": "martyr_child"}, {"any_of": ["marriage_certificate"], "because": {"zh": "\\u5230\\u914d\\u5076\\u90a3\\u91cc\\u5b89\\u7f6e\\uff0c\\u8981\\u770b\\u7ed3\\u5a5a\\u8bc1\\u3002", "en": "Settling at the spouse's place needs the marriage certificate."}, "source": "L1:45", "when": "moves_elsewhere AND placement_ground IN ('spouse', 'spouse_serving')"}, {"any_of": ["parents_register"], "because": {"zh": "\\u8981\\u6838\\u5bf9\\u7236\\u6bcd\\u7684\\u6237\\u53e3\\u8fc1\\u5230\\u4e86\\u90a3\\u91cc\\u3002", "en": "To check that your parents' registration moved there."}, "source": "L1:45", "when": "moves_elsewhere AND placement_ground = 'parents_moved'"}, {"any_of": ["relocation_approval"], "because": {"zh": "\\u7279\\u6b8a\\u60c5\\u51b5\\u548c\\u81ea\\u9009\\u5b89\\u7f6e\\u5730\\uff0c\\u8981\\u6709\\u6279\\u51c6\\u6750\\u6599\\u3002", "en": "Special cases and free choice need the approval."}, "source": "L1:45", "when": "moves_elsewhere AND placement_ground IN ('special', 'merit_choice')"}], "needs": [], "acts": [], "title_source": "S3"}, "reserve_registration": {"id": "reserve_registration", "title": {"zh": "\\u9884\\u5907\\u5f79\\u767b\\u8bb0\\uff08\\u5175\\u5f79\\u767b\\u8bb0\\u4fe1\\u606f\\u53d8\\u66f4\\uff09", "en": "Reserve registration and change of the service register"}, "department": "armed_forces", "result": {"zh": "\\u5175\\u5f79\\u767b\\u8bb0\\u4fe1\\u606f\\u53d8\\u66f4\\u8bb0\\u5f55\\uff1b\\u90e8\\u961f\\u786e\\u5b9a\\u7684\\uff0c\\u53e6\\u6709\\u9884\\u5907\\u5f79\\u767b\\u8bb0", "en": "Changed entry in the service register; if named by the army, reserve registration"}, "applies": [{"when": "TRUE", "because": {"zh": "\\u9000\\u5f79\\u7684\\u4eba\\u90fd\\u8981\\u53d8\\u66f4\\u5175\\u5f79\\u767b\\u8bb0\\uff0c\\u58eb\\u5175 40 \\u5929\\u5185\\u3002", "en": "Everyone leaving the forces changes the register; soldiers within 40 days."}, "otherwise": {"zh": "\\u4e0d\\u7528\\u53d8\\u66f4\\u3002", "en": "No change is needed."}, "source": "L3:17"}], "working_days": {"alone": {"value": 2, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u627e\\u5230\\u60a8\\u539f\\u6765\\u7684\\u5175\\u5f79\\u767b\\u8bb0\\u3002", "en": "To find your entry in the register."}, "source": "L3:17", "optional": false}, {"field": "id_number", "because": {"zh": "\\u627e\\u5230\\u60a8\\u539f\\u6765\\u7684\\u5175\\u5f79\\u767b\\u8bb0\\u3002", "en": "To find your entry in the register."}, "source": "L3:17", "optional": false}, {"field": "birth_date", "because": {"zh": "\\u9884\\u5907\\u5f79\\u6709\\u5e74\\u9f84\\u4e0a\\u9650\\u3002", "en": "The reserve has age limits."}, "source": "L11:52", "optional": false}, {"field": "soldier_kind", "because": {"zh": "\\u58eb\\u5175\\u548c\\u519b\\u5b98\\u7684\\u767b\\u8bb0\\u671f\\u9650\\u4e0d\\u4e00\\u6837\\u3002", "en": "Soldiers and officers have different time limits."}, "source": "L3:17", "optional": false}, {"field": "rank", "because": {"zh": "\\u5e74\\u9f84\\u4e0a\\u9650\\u6309\\u519b\\u8854\\u5206\\u3002", "en": "The age limits go by rank."}, "source": "L11:52", "optional": false}, {"field": "discharge_date", "because": {"zh": "40 \\u5929\\u4ece\\u8fd9\\u4e00\\u5929\\u6570\\u8d77\\u3002", "en": "The 40 days run from this day."}, "source": "L3:17", "optional": false}, {"field": "reserve_confirmed", "because": {"zh": "\\u90e8\\u961f\\u786e\\u5b9a\\u4e86\\u7684\\uff0c\\u624d\\u767b\\u8bb0\\u9884\\u5907\\u5f79\\u3002", "en": "Only those named by the army enter the reserve."}, "source": "L3:17", "optional": false}, {"field": "phone", "because": {"zh": "\\u4eba\\u6b66\\u90e8\\u8981\\u80fd\\u8054\\u7cfb\\u4e0a\\u60a8\\u3002", "en": "The Armed Forces Department must be able to reach you."}, "source": "L3:17", "optional": false}, {"field": "residence_address", "because": {"zh": "\\u767b\\u8bb0\\u73b0\\u5728\\u7684\\u4f4f\\u5904\\u3002", "en": "Your present address is registered."}, "source": "L3:17", "optional": false}], "materials": [{"any_of": ["discharge_certificate"], "because": {"zh": "\\u8bc1\\u660e\\u54ea\\u5929\\u9000\\u51fa\\u73b0\\u5f79\\u3002", "en": "It shows the day of discharge."}, "source": "L3:17"}, {"any_of": ["identity_proof"], "because": {"zh": "\\u8981\\u6838\\u5bf9\\u662f\\u60a8\\u672c\\u4eba\\u3002", "en": "Your identity is checked."}, "source": "L3:17"}], "needs": [{"matter": "report_in", "because": {"zh": "\\u62a5\\u5230\\u540e\\uff0c\\u7531\\u9000\\u5f79\\u519b\\u4eba\\u5c40\\u8f6c\\u7ed9\\u4eba\\u6b66\\u90e8\\u3002", "en": "After reporting, Veterans Affairs passes it to the Armed Forces Department."}, "source": "L1:53"}], "acts": [], "title_source": "F1"}, "household_registration": {"id": "household_registration", "title": {"zh": "\\u6237\\u53e3\\u767b\\u8bb0\\uff08\\u9000\\u5f79\\u519b\\u4eba\\u6062\\u590d\\u6237\\u53e3\\uff09", "en": "Household registration restored"}, "department": "police", "result": {"zh": "\\u6237\\u53e3\\u7c3f\\u4e0a\\u60a8\\u7684\\u90a3\\u4e00\\u9875", "en": "Your page in the household book"}, "applies": [{"when": "hukou_cancelled OR moves_elsewhere", "because": {"zh": "\\u6237\\u53e3\\u6ce8\\u9500\\u8fc7\\uff0c\\u6216\\u8005\\u8981\\u843d\\u5230\\u65b0\\u5730\\u65b9\\uff0c\\u5f97\\u529e\\u6237\\u53e3\\u767b\\u8bb0\\u3002", "en": "Your registration was cancelled or moves, so it must be entered again."}, "otherwise": {"zh": "\\u60a8\\u7684\\u6237\\u53e3\\u4e00\\u76f4\\u5728\\uff0c\\u4e0d\\u7528\\u6062\\u590d\\u3002", "en": "Your registration was never cancelled; nothing to restore."}, "source": "L1:53"}], "working_days": {"alone": {"value": 2, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u6237\\u53e3\\u4e0a\\u767b\\u8bb0\\u7684\\u540d\\u5b57\\u3002", "en": "The name to be registered."}, "source": "L9:13", "optional": false}, {"field": "id_number", "because": {"zh": "\\u53f7\\u7801\\u4e0d\\u53d8\\uff0c\\u63a5\\u7740\\u7528\\u539f\\u6765\\u7684\\u3002", "en": "Your number stays the same."}, "source": "L9:13", "optional": false}, {"field": "sex", "because": {"zh": "\\u6237\\u53e3\\u9875\\u4e0a\\u8981\\u767b\\u8bb0\\u3002", "en": "It is entered on the page."}, "source": "L9:13", "optional": false}, {"field": "ethnicity", "because": {"zh": "\\u6237\\u53e3\\u9875\\u4e0a\\u8981\\u767b\\u8bb0\\u3002", "en": "It is entered on the page."}, "source": "L9:13", "optional": false}, {"field": "birth_date", "because": {"zh": "\\u6237\\u53e3\\u9875\\u4e0a\\u8981\\u767b\\u8bb0\\u3002", "en": "It is entered on the page."}, "source": "L9:13", "optional": false}, {"field": "marital_status", "because": {"zh": "\\u6237\\u53e3\\u9875\\u4e0a\\u8981\\u767b\\u8bb0\\u3002", "en": "It is entered on the page."}, "source": "L9:13", "optional": false}, {"field": "hukou_cancelled", "because": {"zh": "\\u6ce8\\u9500\\u4e86\\u624d\\u8981\\u6062\\u590d\\uff1b\\u6ca1\\u6ce8\\u9500\\u5c31\\u5c11\\u529e\\u4e00\\u4ef6\\u3002", "en": "Only a cancelled registration is restored; otherwise there is one matter less."}, "source": "L1:53", "optional": false}, {"field": "former_hukou_address", "because": {"zh": "\\u627e\\u5230\\u60a8\\u539f\\u6765\\u7684\\u6237\\u53e3\\u5e95\\u518c\\u3002", "en": "To find your old entry."}, "source": "L1:45", "optional": false}, {"field": "settle_address", "because": {"zh": "\\u6237\\u53e3\\u843d\\u5728\\u54ea\\u91cc\\uff0c\\u7531\\u60a8\\u8bf4\\u3002", "en": "You say where you are to be registered."}, "source": "L9:13", "optional": false}, {"field": "host_name", "because": {"zh": "\\u5370\\u8fdb\\u54ea\\u4e00\\u5bb6\\u7684\\u6237\\u53e3\\u7c3f\\uff0c\\u8981\\u5bf9\\u4e0a\\u6237\\u4e3b\\u3002", "en": "To find the household whose book your page goes into."}, "source": "L9:13", "optional": false}, {"field": "host_relation", "because": {"zh": "\\u6237\\u53e3\\u9875\\u4e0a\\u8981\\u5199\\u60a8\\u548c\\u6237\\u4e3b\\u7684\\u5173\\u7cfb\\u3002", "en": "The page states your relation to the head."}, "source": "L9:13", "optional": false}, {"field": "discharge_date", "because": {"zh": "\\u6237\\u53e3\\u9875\\u4e0a\\u8981\\u5199\\u4ece\\u54ea\\u5929\\u3001\\u56e0\\u9000\\u5f79\\u8fc1\\u6765\\u3002", "en": "The page states since when, and that you left the forces."}, "source": "L9:13", "optional": false}], "materials": [{"any_of": ["household_letter"], "because": {"zh": "\\u516c\\u5b89\\u5c40\\u51ed\\u4ecb\\u7ecd\\u4fe1\\u529e\\u6237\\u53e3\\u767b\\u8bb0\\u3002", "en": "The police register you on this letter."}, "source": "L1:53"}, {"any_of": ["discharge_certificate"], "because": {"zh": "\\u9000\\u4f0d\\u519b\\u4eba\\u51ed\\u519b\\u961f\\u53d1\\u7684\\u8bc1\\u4ef6\\u7533\\u62a5\\u6237\\u53e3\\u3002", "en": "Veterans register on papers issued by the army."}, "source": "L9:13"}, {"any_of": ["host_household_book"], "because": {"zh": "\\u60a8\\u7684\\u90a3\\u4e00\\u9875\\u8981\\u5370\\u8fdb\\u8fd9\\u672c\\u6237\\u53e3\\u7c3f\\u3002", "en": "Your page is printed into this book."}, "source": "F16"}], "needs": [{"matter": "report_in", "because": {"zh": "\\u62a5\\u5230\\u540e\\u624d\\u6709\\u6237\\u53e3\\u767b\\u8bb0\\u4ecb\\u7ecd\\u4fe1\\u3002", "en": "The letter exists only after reporting."}, "source": "L1:53"}], "acts": [{"id": "household_page", "title": {"zh": "\\u5230\\u7a97\\u53e3\\u6253\\u5370\\u6237\\u53e3\\u9875", "en": "Have the page printed at the counter"}, "presence": "station", "capability": "police_desk", "because": {"zh": "\\u6237\\u53e3\\u9875\\u8981\\u5f53\\u573a\\u5370\\u8fdb\\u6237\\u53e3\\u7c3f\\uff0c\\u7f51\\u4e0a\\u5370\\u4e0d\\u4e86\\u3002", "en": "The page is printed into the book on the spot; this cannot be done online."}, "source": "F16"}], "title_source": "S3"}, "id_card": {"id": "id_card", "title": {"zh": "\\u5c45\\u6c11\\u8eab\\u4efd\\u8bc1\\u7533\\u9886", "en": "Resident identity card"}, "department": "police", "result": {"zh": "\\u5c45\\u6c11\\u8eab\\u4efd\\u8bc1\\uff0c\\u5bc4\\u5230\\u5bb6\\u91cc", "en": "Identity card, posted to your home"}, "applies": [{"when": "id_card_state <> 'valid'", "because": {"zh": "\\u60a8\\u624b\\u91cc\\u6ca1\\u6709\\u80fd\\u7528\\u7684\\u8eab\\u4efd\\u8bc1\\uff0c\\u8981\\u7533\\u9886\\u6216\\u8005\\u6362\\u9886\\u3002", "en": "You have no valid card, so one is issued or replaced."}, "otherwise": {"zh": "\\u60a8\\u7684\\u8eab\\u4efd\\u8bc1\\u6709\\u6548\\uff0c\\u4e0d\\u7528\\u529e\\u3002", "en": "Your card is valid; nothing to do."}, "source": "L10:11"}], "working_days": {"alone": {"value": 10, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 9, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "law": {"value": 60, "basis": "law", "source": "L10:12", "unit": "calendar_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u8eab\\u4efd\\u8bc1\\u4e0a\\u8981\\u5370\\u3002", "en": "Printed on the card."}, "source": "L10:3", "optional": false}, {"field": "id_number", "because": {"zh": "\\u8eab\\u4efd\\u8bc1\\u4e0a\\u8981\\u5370\\uff0c\\u53f7\\u7801\\u4e0d\\u53d8\\u3002", "en": "Printed on the card; it stays the same."}, "source": "L10:3", "optional": false}, {"field": "sex", "because": {"zh": "\\u8eab\\u4efd\\u8bc1\\u4e0a\\u8981\\u5370\\u3002", "en": "Printed on the card."}, "source": "L10:3", "optional": false}, {"field": "ethnicity", "because": {"zh": "\\u8eab\\u4efd\\u8bc1\\u4e0a\\u8981\\u5370\\u3002", "en": "Printed on the card."}, "source": "L10:3", "optional": false}, {"field": "birth_date", "because": {"zh": "\\u8eab\\u4efd\\u8bc1\\u4e0a\\u8981\\u5370\\u3002", "en": "Printed on the card."}, "source": "L10:3", "optional": false}, {"field": "id_card_state", "because": {"zh": "\\u8fc7\\u671f\\u3001\\u574f\\u4e86\\u3001\\u4e22\\u4e86\\uff0c\\u529e\\u6cd5\\u4e0d\\u4e00\\u6837\\u3002", "en": "Expired, damaged and lost are handled differently."}, "source": "L10:11", "optional": false}, {"field": "settle_address", "because": {"zh": "\\u8eab\\u4efd\\u8bc1\\u4e0a\\u5370\\u65b0\\u7684\\u6237\\u53e3\\u5730\\u5740\\u3002", "en": "The card shows the new registered address."}, "source": "L10:3", "when": "hukou_cancelled OR moves_elsewhere", "optional": false}, {"field": "phone", "because": {"zh": "\\u8bc1\\u505a\\u597d\\u3001\\u5bc4\\u51fa\\u65f6\\u544a\\u8bc9\\u60a8\\u3002", "en": "To tell you when the card is made and posted."}, "source": "L10:12", "optional": false}, {"field": "residence_address", "because": {"zh": "\\u8bc1\\u505a\\u597d\\u4e86\\u5bc4\\u5230\\u8fd9\\u91cc\\u3002", "en": "The finished card is posted here."}, "source": "L10:12", "optional": false}], "materials": [{"any_of": ["id_card_form"], "because": {"zh": "\\u6cd5\\u5f8b\\u89c4\\u5b9a\\u8981\\u586b\\u7533\\u9886\\u767b\\u8bb0\\u8868\\u3002", "en": "The law requires the application form."}, "source": "L10:10"}, {"any_of": ["household_page"], "because": {"zh": "\\u6cd5\\u5f8b\\u89c4\\u5b9a\\u8981\\u4ea4\\u9a8c\\u6237\\u53e3\\u7c3f\\u3002", "en": "The law requires the household book to be shown."}, "source": "L10:10"}, {"any_of": ["old_id_card"], "because": {"zh": "\\u6362\\u65b0\\u8bc1\\uff0c\\u65e7\\u8bc1\\u8981\\u4ea4\\u56de\\u3002", "en": "The old card is handed back for the new one."}, "source": "L10:11", "when": "id_card_state IN ('expired', 'damaged', 'details_wrong')"}], "needs": [{"matter": "report_in", "because": {"zh": "\\u62a5\\u5230\\u540e\\uff0c\\u6309\\u9000\\u5f79\\u519b\\u4eba\\u4f18\\u5148\\u529e\\u3002", "en": "After reporting you are served first as a veteran."}, "source": "F10"}, {"matter": "household_registration", "because": {"zh": "\\u5148\\u6709\\u6237\\u53e3\\uff0c\\u8bc1\\u4e0a\\u624d\\u6709\\u5730\\u5740\\u53ef\\u5370\\u3002", "en": "The card prints the registered address, so that comes first."}, "source": "L10:10", "when": "hukou_cancelled OR moves_elsewhere"}], "acts": [{"id": "fingerprints", "title": {"zh": "\\u5230\\u7a97\\u53e3\\u6309\\u6307\\u7eb9\\u3001\\u7167\\u76f8", "en": "Give fingerprints and be photographed at the counter"}, "presence": "station", "capability": "police_desk", "because": {"zh": "\\u6cd5\\u5f8b\\u89c4\\u5b9a\\u8eab\\u4efd\\u8bc1\\u8981\\u767b\\u8bb0\\u6307\\u7eb9\\uff0c\\u53ea\\u80fd\\u672c\\u4eba\\u5230\\u573a\\u3002", "en": "By law the card holds fingerprints, so you must come yourself."}, "source": "L10:3"}], "title_source": "F1"}, "social_insurance_registration": {"id": "social_insurance_registration", "title": {"zh": "\\u793e\\u4f1a\\u4fdd\\u9669\\u767b\\u8bb0", "en": "Social insurance registration"}, "department": "social_insurance", "result": {"zh": "\\u793e\\u4f1a\\u4fdd\\u9669\\u767b\\u8bb0", "en": "Entry in the social insurance register"}, "applies": [{"when": "placement_type <> 'retired'", "because": {"zh": "\\u9000\\u5f79\\u540e\\u4f9d\\u6cd5\\u53c2\\u52a0\\u793e\\u4f1a\\u4fdd\\u9669\\uff0c\\u5148\\u767b\\u8bb0\\u3002", "en": "After service you join social insurance; registration comes first."}, "otherwise": {"zh": "\\u9000\\u4f11\\u7684\\u4eba\\uff0c\\u5f85\\u9047\\u6309\\u519b\\u961f\\u7edf\\u4e00\\u6807\\u51c6\\uff0c\\u4e0d\\u7528\\u767b\\u8bb0\\u3002", "en": "Retired soldiers are looked after under the army's own standards."}, "source": "L1:81"}], "working_days": {"alone": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "law": {"value": 10, "basis": "law", "source": "L19:6", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u767b\\u8bb0\\u53c2\\u4fdd\\u7684\\u4eba\\u3002", "en": "The person to be insured."}, "source": "L19:6", "optional": false}, {"field": "id_number", "because": {"zh": "\\u793e\\u4f1a\\u4fdd\\u969c\\u53f7\\u5c31\\u662f\\u8eab\\u4efd\\u8bc1\\u53f7\\u3002", "en": "The social security number is your ID number."}, "source": "L19:6", "optional": false}, {"field": "sex", "because": {"zh": "\\u53c2\\u4fdd\\u8bb0\\u5f55\\u91cc\\u8981\\u6709\\u3002", "en": "Part of the insurance record."}, "source": "L19:11", "optional": false}, {"field": "birth_date", "because": {"zh": "\\u53c2\\u4fdd\\u8bb0\\u5f55\\u91cc\\u8981\\u6709\\u3002", "en": "Part of the insurance record."}, "source": "L19:11", "optional": false}, {"field": "phone", "because": {"zh": "\\u529e\\u597d\\u4e86\\u544a\\u8bc9\\u60a8\\u3002", "en": "To tell you the result."}, "source": "L19:16", "optional": false}, {"field": "employment_status", "because": {"zh": "\\u6709\\u6ca1\\u6709\\u5355\\u4f4d\\uff0c\\u53c2\\u4fdd\\u7684\\u529e\\u6cd5\\u4e0d\\u4e00\\u6837\\u3002", "en": "With or without an employer, you are insured differently."}, "source": "L1:81", "optional": false}, {"field": "paid_before_service", "because": {"zh": "\\u5165\\u4f0d\\u524d\\u4ea4\\u8fc7\\u7684\\uff0c\\u63a5\\u7740\\u7b97\\uff0c\\u4e0d\\u91cd\\u65b0\\u767b\\u8bb0\\u3002", "en": "Earlier contributions go on counting; no second entry is made."}, "source": "L1:81", "optional": false}], "materials": [{"any_of": ["identity_proof"], "because": {"zh": "\\u9664\\u4e86\\u8eab\\u4efd\\u8bc1\\u4ef6\\uff0c\\u6ca1\\u6709\\u6cd5\\u5b9a\\u4f9d\\u636e\\u4e0d\\u80fd\\u8981\\u522b\\u7684\\u3002", "en": "Besides proof of identity nothing may be asked without legal ground."}, "source": "L19:31"}], "needs": [], "acts": [], "title_source": "S3"}, "medical_insurance_registration": {"id": "medical_insurance_registration", "title": {"zh": "\\u57fa\\u672c\\u533b\\u7597\\u4fdd\\u9669\\u53c2\\u4fdd\\u548c\\u53d8\\u66f4\\u767b\\u8bb0", "en": "Basic medical insurance: joining or changing"}, "department": "medical_insurance", "result": {"zh": "\\u533b\\u4fdd\\u53c2\\u4fdd\\u767b\\u8bb0\\u548c\\u533b\\u4fdd\\u7535\\u5b50\\u51ed\\u8bc1", "en": "Medical insurance entry and electronic voucher"}, "applies": [{"when": "placement_type <> 'retired'", "because": {"zh": "\\u9000\\u5f79\\u540e\\u53c2\\u52a0\\u804c\\u5de5\\u533b\\u4fdd\\u6216\\u8005\\u5c45\\u6c11\\u533b\\u4fdd\\u3002", "en": "After service you join the employees' or residents' insurance."}, "otherwise": {"zh": "\\u9000\\u4f11\\u7684\\u4eba\\u7531\\u5b89\\u7f6e\\u5730\\u653f\\u5e9c\\u7edf\\u4e00\\u7eb3\\u5165\\u533b\\u4fdd\\u3002", "en": "Retired soldiers are insured by the receiving government."}, "source": "L1:83"}], "working_days": {"alone": {"value": 3, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 2, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "law": {"value": 10, "basis": "law", "source": "L19:6", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u767b\\u8bb0\\u53c2\\u4fdd\\u7684\\u4eba\\u3002", "en": "The person to be insured."}, "source": "L19:6", "optional": false}, {"field": "id_number", "because": {"zh": "\\u533b\\u4fdd\\u548c\\u793e\\u4fdd\\u7528\\u540c\\u4e00\\u4e2a\\u53f7\\u3002", "en": "Medical and social insurance share one number."}, "source": "L19:6", "optional": false}, {"field": "phone", "because": {"zh": "\\u529e\\u597d\\u4e86\\u544a\\u8bc9\\u60a8\\u3002", "en": "To tell you the result."}, "source": "L19:16", "optional": false}, {"field": "medical_scheme", "because": {"zh": "\\u804c\\u5de5\\u533b\\u4fdd\\u548c\\u5c45\\u6c11\\u533b\\u4fdd\\uff0c\\u8981\\u60a8\\u6765\\u9009\\u3002", "en": "Which insurance to join is your choice."}, "source": "L1:83", "optional": false}, {"field": "employment_status", "because": {"zh": "\\u6709\\u5355\\u4f4d\\u7684\\uff0c\\u7531\\u5355\\u4f4d\\u53c2\\u4fdd\\u3002", "en": "With an employer, the employer enrols you."}, "source": "L1:83", "optional": false}, {"field": "settle_address", "because": {"zh": "\\u5c45\\u6c11\\u533b\\u4fdd\\u5728\\u6237\\u53e3\\u6240\\u5728\\u5730\\u53c2\\u4fdd\\u3002", "en": "Residents' insurance goes by your registered address."}, "source": "L1:83", "when": "(hukou_cancelled OR moves_elsewhere) AND medical_scheme = 'resident'", "optional": false}], "materials": [{"any_of": ["identity_proof"], "because": {"zh": "\\u9664\\u4e86\\u8eab\\u4efd\\u8bc1\\u4ef6\\uff0c\\u6ca1\\u6709\\u6cd5\\u5b9a\\u4f9d\\u636e\\u4e0d\\u80fd\\u8981\\u522b\\u7684\\u3002", "en": "Besides proof of identity nothing may be asked without legal ground."}, "source": "L19:31"}], "needs": [{"matter": "household_registration", "because": {"zh": "\\u5c45\\u6c11\\u533b\\u4fdd\\u8ddf\\u7740\\u6237\\u53e3\\u8d70\\uff0c\\u5148\\u628a\\u6237\\u53e3\\u843d\\u597d\\u3002", "en": "Residents' insurance follows the registered address, so that comes first."}, "source": "L19:13", "when": "(hukou_cancelled OR moves_elsewhere) AND medical_scheme = 'resident'"}], "acts": [], "title_source": "S3"}, "pension_transfer": {"id": "pension_transfer", "title": {"zh": "\\u519b\\u5730\\u57fa\\u672c\\u517b\\u8001\\u4fdd\\u9669\\u5173\\u7cfb\\u8f6c\\u79fb\\u63a5\\u7eed", "en": "Transfer of pension insurance from the army"}, "department": "social_insurance", "result": {"zh": "\\u517b\\u8001\\u4fdd\\u9669\\u8f6c\\u79fb\\u63a5\\u7eed\\u7ed3\\u679c\\uff0c\\u519b\\u9f84\\u7b97\\u4f5c\\u7f34\\u8d39\\u5e74\\u9650", "en": "Pension insurance carried over; service counts as contribution years"}, "applies": [{"when": "placement_type <> 'retired'", "because": {"zh": "\\u90e8\\u961f\\u4ea4\\u7684\\u517b\\u8001\\u4fdd\\u9669\\u8981\\u8f6c\\u5230\\u5730\\u65b9\\uff0c\\u519b\\u9f84\\u63a5\\u7740\\u7b97\\u3002", "en": "Insurance paid by the army moves over, so that service goes on counting."}, "otherwise": {"zh": "\\u9000\\u4f11\\u7684\\u4eba\\u4e0d\\u8f6c\\u517b\\u8001\\u4fdd\\u9669\\u5173\\u7cfb\\u3002", "en": "Retired soldiers do not move their pension insurance."}, "source": "L1:81"}], "working_days": {"alone": {"value": 15, "basis": "reconstructed", "source": "F17", "unit": "working_days"}, "joined": {"value": 10, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 0, "basis": "reconstructed", "source": "F17", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u548c\\u90e8\\u961f\\u7684\\u51ed\\u8bc1\\u5bf9\\u4e0a\\u3002", "en": "To match the army's voucher."}, "source": "F17", "optional": false}, {"field": "id_number", "because": {"zh": "\\u548c\\u90e8\\u961f\\u7684\\u51ed\\u8bc1\\u5bf9\\u4e0a\\u3002", "en": "To match the army's voucher."}, "source": "F17", "optional": false}, {"field": "enlist_date", "because": {"zh": "\\u519b\\u9f84\\u7b97\\u4f5c\\u7f34\\u8d39\\u5e74\\u9650\\uff0c\\u4ece\\u8fd9\\u5929\\u8d77\\u3002", "en": "Service counts as contribution years, from this day."}, "source": "L1:81", "optional": false}, {"field": "discharge_date", "because": {"zh": "\\u519b\\u9f84\\u7b97\\u4f5c\\u7f34\\u8d39\\u5e74\\u9650\\uff0c\\u5230\\u8fd9\\u5929\\u6b62\\u3002", "en": "Service counts as contribution years, up to this day."}, "source": "L1:81", "optional": false}, {"field": "soldier_kind", "because": {"zh": "\\u519b\\u58eb\\u548c\\u519b\\u5b98\\u53e6\\u6709\\u804c\\u4e1a\\u5e74\\u91d1\\u8981\\u8f6c\\u3002", "en": "NCOs and officers also have an annuity to move."}, "source": "L1:81", "optional": false}, {"field": "paid_before_service", "because": {"zh": "\\u5165\\u4f0d\\u524d\\u4ea4\\u8fc7\\u7684\\u8981\\u5408\\u5728\\u4e00\\u8d77\\u3002", "en": "Earlier contributions are added."}, "source": "L1:81", "optional": false}, {"field": "bank_account", "because": {"zh": "\\u4e24\\u8fb9\\u91cd\\u590d\\u4ea4\\u7684\\uff0c\\u8981\\u9000\\u5230\\u60a8\\u7684\\u5361\\u4e0a\\u3002", "en": "Contributions paid twice are returned to your card."}, "source": "F17", "when": "paid_before_service", "optional": false}], "materials": [{"any_of": ["pension_voucher"], "because": {"zh": "\\u51ed\\u8bc1\\u5199\\u7740\\u90e8\\u961f\\u7ed9\\u60a8\\u4ea4\\u4e86\\u591a\\u5c11\\u3002", "en": "It states what the army paid for you."}, "source": "F17"}, {"any_of": ["pension_transfer_form"], "because": {"zh": "\\u8f6c\\u591a\\u5c11\\u3001\\u8f6c\\u5230\\u54ea\\uff0c\\u770b\\u4fe1\\u606f\\u8868\\u3002", "en": "It states how much goes where."}, "source": "F17"}, {"any_of": ["annuity_voucher"], "because": {"zh": "\\u804c\\u4e1a\\u5e74\\u91d1\\u548c\\u517b\\u8001\\u4fdd\\u9669\\u4e00\\u8d77\\u8f6c\\u3002", "en": "The annuity moves together with the pension insurance."}, "source": "L1:81", "when": "soldier_kind <> 'conscript'"}], "needs": [{"matter": "social_insurance_registration", "because": {"zh": "\\u5148\\u6709\\u793e\\u4fdd\\u767b\\u8bb0\\uff0c\\u624d\\u6709\\u5730\\u65b9\\u63a5\\u3002", "en": "There must be an entry to carry it over to."}, "source": "L19:6"}, {"event": "army_remittance", "because": {"zh": "\\u90e8\\u961f\\u7684\\u94b1\\u5230\\u8d26\\uff0c\\u793e\\u4fdd\\u4e2d\\u5fc3\\u624d\\u80fd\\u63a5\\u7740\\u529e\\u3002", "en": "The agency goes on when the army's money has arrived."}, "source": "F17"}], "acts": [], "title_source": "S3"}, "medical_transfer": {"id": "medical_transfer", "title": {"zh": "\\u519b\\u5730\\u57fa\\u672c\\u533b\\u7597\\u4fdd\\u9669\\u5173\\u7cfb\\u8f6c\\u79fb\\u63a5\\u7eed", "en": "Transfer of medical insurance from the army"}, "department": "medical_insurance", "result": {"zh": "\\u533b\\u4fdd\\u4e2a\\u4eba\\u8d26\\u6237\\u8f6c\\u79fb\\u7ed3\\u679c", "en": "Medical account carried over"}, "applies": [{"when": "placement_type <> 'retired'", "because": {"zh": "\\u90e8\\u961f\\u7684\\u533b\\u4fdd\\u8d26\\u6237\\u8981\\u8f6c\\u5230\\u5730\\u65b9\\u3002", "en": "The army's medical account moves to the local one."}, "otherwise": {"zh": "\\u9000\\u4f11\\u7684\\u4eba\\u7531\\u5b89\\u7f6e\\u5730\\u653f\\u5e9c\\u7edf\\u4e00\\u7eb3\\u5165\\u533b\\u4fdd\\u3002", "en": "Retired soldiers are insured by the receiving government."}, "source": "L1:81"}, {"when": "medical_voucher_received", "because": {"zh": "\\u90e8\\u961f\\u7ed9\\u60a8\\u5f00\\u4e86\\u8f6c\\u79fb\\u51ed\\u8bc1\\u3002", "en": "The army gave you a transfer voucher."}, "otherwise": {"zh": "\\u6ca1\\u6709\\u8f6c\\u79fb\\u51ed\\u8bc1\\uff0c\\u4e00\\u822c\\u662f\\u94b1\\u5df2\\u7ecf\\u53d1\\u7ed9\\u60a8\\u672c\\u4eba\\uff0c\\u4e0d\\u7528\\u8f6c\\u3002", "en": "Without a voucher the money was usually paid to you; nothing to move."}, "source": "F19"}], "working_days": {"alone": {"value": 10, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 7, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u548c\\u90e8\\u961f\\u7684\\u51ed\\u8bc1\\u5bf9\\u4e0a\\u3002", "en": "To match the army's voucher."}, "source": "L1:81", "optional": false}, {"field": "id_number", "because": {"zh": "\\u548c\\u90e8\\u961f\\u7684\\u51ed\\u8bc1\\u5bf9\\u4e0a\\u3002", "en": "To match the army's voucher."}, "source": "L1:81", "optional": false}, {"field": "medical_voucher_received", "because": {"zh": "\\u6709\\u51ed\\u8bc1\\u7684\\u624d\\u8981\\u8f6c\\u3002", "en": "Only those with a voucher have something to move."}, "source": "F19", "optional": false}, {"field": "medical_scheme", "because": {"zh": "\\u8f6c\\u8fdb\\u54ea\\u4e00\\u79cd\\u533b\\u4fdd\\u3002", "en": "To know which insurance it goes into."}, "source": "L1:83", "optional": false}], "materials": [{"any_of": ["medical_voucher"], "because": {"zh": "\\u51ed\\u8bc1\\u5199\\u7740\\u8d26\\u6237\\u91cc\\u6709\\u591a\\u5c11\\u94b1\\u3002", "en": "It states how much the account holds."}, "source": "F19"}], "needs": [{"matter": "medical_insurance_registration", "because": {"zh": "\\u5148\\u53c2\\u4fdd\\uff0c\\u624d\\u6709\\u8d26\\u6237\\u63a5\\u3002", "en": "You must be insured before an account can receive it."}, "source": "L1:81"}, {"event": "army_remittance", "because": {"zh": "\\u90e8\\u961f\\u7684\\u94b1\\u5230\\u8d26\\uff0c\\u533b\\u4fdd\\u5c40\\u624d\\u80fd\\u63a5\\u7740\\u529e\\u3002", "en": "Medical Insurance goes on when the army's money has arrived."}, "source": "F19"}], "acts": [], "title_source": "S3"}, "social_security_card": {"id": "social_security_card", "title": {"zh": "\\u793e\\u4f1a\\u4fdd\\u969c\\u5361\\uff08\\u542b\\u7535\\u5b50\\u793e\\u4fdd\\u5361\\uff09\\u7533\\u9886", "en": "Social security card (physical and electronic)"}, "department": "human_resources", "result": {"zh": "\\u793e\\u4f1a\\u4fdd\\u969c\\u5361\\uff0c\\u5bc4\\u5230\\u5bb6\\u91cc\\uff1b\\u7535\\u5b50\\u793e\\u4fdd\\u5361\\u5f53\\u5929\\u53ef\\u7528", "en": "Card posted to your home; the electronic card works the same day"}, "applies": [{"when": "social_card_state <> 'valid_local'", "because": {"zh": "\\u770b\\u75c5\\u3001\\u9886\\u94b1\\u90fd\\u7528\\u793e\\u4fdd\\u5361\\uff0c\\u60a8\\u8fd8\\u6ca1\\u6709\\u672c\\u5730\\u80fd\\u7528\\u7684\\u5361\\u3002", "en": "Care and payments run on this card, and you have no working local one."}, "otherwise": {"zh": "\\u60a8\\u6709\\u672c\\u5730\\u80fd\\u7528\\u7684\\u793e\\u4fdd\\u5361\\uff0c\\u4e0d\\u7528\\u518d\\u529e\\u3002", "en": "You already have a working local card."}, "source": "L19:7"}], "working_days": {"alone": {"value": 4, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 4, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "law": {"value": 10, "basis": "law", "source": "L19:6", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u5361\\u4e0a\\u8981\\u5370\\u3002", "en": "Printed on the card."}, "source": "L19:7", "optional": false}, {"field": "id_number", "because": {"zh": "\\u793e\\u4f1a\\u4fdd\\u969c\\u53f7\\u5c31\\u662f\\u8eab\\u4efd\\u8bc1\\u53f7\\u3002", "en": "The social security number is your ID number."}, "source": "L19:6", "optional": false}, {"field": "sex", "because": {"zh": "\\u94f6\\u884c\\u5f00\\u6237\\u8981\\u767b\\u8bb0\\u3002", "en": "The bank registers it with the account."}, "source": "L19:7", "optional": false}, {"field": "birth_date", "because": {"zh": "\\u94f6\\u884c\\u5f00\\u6237\\u8981\\u767b\\u8bb0\\u3002", "en": "The bank registers it with the account."}, "source": "L19:7", "optional": false}, {"field": "phone", "because": {"zh": "\\u5361\\u7684\\u77ed\\u4fe1\\u63d0\\u9192\\u53d1\\u5230\\u8fd9\\u91cc\\u3002", "en": "Messages about the card go here."}, "source": "L19:7", "optional": false}, {"field": "social_card_state", "because": {"zh": "\\u6709\\u80fd\\u7528\\u7684\\u5361\\u5c31\\u4e0d\\u7528\\u529e\\u3002", "en": "With a working card nothing is needed."}, "source": "L19:7", "optional": false}, {"field": "card_bank", "because": {"zh": "\\u793e\\u4fdd\\u5361\\u4e5f\\u662f\\u94f6\\u884c\\u5361\\uff0c\\u94f6\\u884c\\u7531\\u60a8\\u9009\\u3002", "en": "It is a bank card too; you choose the bank."}, "source": "L19:7", "optional": false}, {"field": "residence_address", "because": {"zh": "\\u5361\\u505a\\u597d\\u4e86\\u5bc4\\u5230\\u8fd9\\u91cc\\u3002", "en": "The finished card is posted here."}, "source": "L19:7", "optional": false}], "materials": [{"any_of": ["photo"], "because": {"zh": "\\u5361\\u4e0a\\u8981\\u5370\\u7167\\u7247\\u3002", "en": "The card carries a photo."}, "source": "F22"}, {"any_of": ["valid_id_card"], "because": {"zh": "\\u5f00\\u5361\\u8981\\u6838\\u5bf9\\u6709\\u6548\\u7684\\u8eab\\u4efd\\u8bc1\\u3002", "en": "A valid ID card is checked to open it."}, "source": "L19:31"}], "needs": [{"matter": "social_insurance_registration", "because": {"zh": "\\u5148\\u767b\\u8bb0\\u53c2\\u4fdd\\uff0c\\u518d\\u53d1\\u5361\\u3002", "en": "Registration comes first, then the card."}, "source": "L19:6"}], "acts": [{"id": "card_bank_check", "title": {"zh": "\\u5230\\u94f6\\u884c\\u7a97\\u53e3\\u5f53\\u9762\\u6838\\u5bf9\\u3001\\u7b7e\\u5b57\\u542f\\u7528", "en": "Be checked and sign at the bank counter"}, "presence": "station", "capability": "bank_desk", "because": {"zh": "\\u793e\\u4fdd\\u5361\\u7684\\u94f6\\u884c\\u529f\\u80fd\\u8981\\u672c\\u4eba\\u5f53\\u9762\\u542f\\u7528\\u3002", "en": "The bank function must be switched on in person."}, "source": "F16"}], "title_source": "F9"}, "self_employment_grant": {"id": "self_employment_grant", "title": {"zh": "\\u9000\\u5f79\\u58eb\\u5175\\u81ea\\u4e3b\\u5c31\\u4e1a\\u4e00\\u6b21\\u6027\\u7ecf\\u6d4e\\u8865\\u52a9\\u91d1\\u7684\\u7ed9\\u4ed8", "en": "One-off grant for self-employed veterans"}, "department": "veterans_affairs", "result": {"zh": "\\u8865\\u52a9\\u91d1\\u5ba1\\u6279\\u7ed3\\u679c\\u3002\\u94b1\\u6309\\u5f53\\u5730\\u7684\\u53d1\\u653e\\u65e5\\u6253\\u5230\\u5361\\u4e0a\\uff0c\\u4e0d\\u5728\\u8fd9\\u51e0\\u5929\\u91cc", "en": "Decision on the grant. The money follows on the local payment day, outside these days"}, "applies": [{"when": "placement_type = 'self_employed'", "because": {"zh": "\\u81ea\\u4e3b\\u5c31\\u4e1a\\u7684\\u4eba\\uff0c\\u5730\\u65b9\\u7ed9\\u4e00\\u6b21\\u6027\\u7ecf\\u6d4e\\u8865\\u52a9\\u3002", "en": "Those going self-employed receive a one-off local grant."}, "otherwise": {"zh": "\\u8fd9\\u7b14\\u94b1\\u53ea\\u7ed9\\u81ea\\u4e3b\\u5c31\\u4e1a\\u7684\\u4eba\\u3002\\u60a8\\u7684\\u5b89\\u7f6e\\u65b9\\u5f0f\\u53e6\\u6709\\u5f85\\u9047\\u3002", "en": "Only for self-employment; your placement has its own benefits."}, "source": "L1:23"}], "working_days": {"alone": {"value": 8, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 5, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u94b1\\u53d1\\u7ed9\\u8c01\\uff0c\\u8981\\u5199\\u6e05\\u695a\\u3002", "en": "To say who is to be paid."}, "source": "L1:23", "optional": false}, {"field": "id_number", "because": {"zh": "\\u6838\\u5bf9\\u6536\\u6b3e\\u4eba\\u5c31\\u662f\\u60a8\\u3002", "en": "To check that the payee is you."}, "source": "L1:23", "optional": false}, {"field": "phone", "because": {"zh": "\\u94b1\\u5230\\u8d26\\u4e86\\u544a\\u8bc9\\u60a8\\u3002", "en": "To tell you when the money is paid."}, "source": "F13", "optional": false}, {"field": "soldier_kind", "because": {"zh": "\\u4e49\\u52a1\\u5175\\u548c\\u519b\\u58eb\\u7684\\u7b97\\u6cd5\\u4e0d\\u4e00\\u6837\\u3002", "en": "Conscripts and NCOs have different formulas."}, "source": "F37", "optional": false}, {"field": "enlist_date", "because": {"zh": "\\u8865\\u52a9\\u6309\\u670d\\u5f79\\u5e74\\u9650\\u7b97\\uff0c\\u4ece\\u8fd9\\u5929\\u8d77\\u3002", "en": "The grant follows years of service, from this day."}, "source": "L1:21", "optional": false}, {"field": "discharge_date", "because": {"zh": "\\u8865\\u52a9\\u6309\\u670d\\u5f79\\u5e74\\u9650\\u7b97\\uff0c\\u5230\\u8fd9\\u5929\\u6b62\\u3002", "en": "The grant follows years of service, up to this day."}, "source": "L1:21", "optional": false}, {"field": "service_months", "because": {"zh": "\\u96f6\\u5934\\u7684\\u6708\\u4efd\\u4e5f\\u8981\\u7b97\\u8fdb\\u53bb\\u3002", "en": "Odd months count too."}, "source": "F37", "optional": false}, {"field": "highest_merit", "because": {"zh": "\\u7acb\\u8fc7\\u529f\\u7684\\uff0c\\u4e00\\u6b21\\u6027\\u9000\\u5f79\\u91d1\\u6309\\u6bd4\\u4f8b\\u589e\\u53d1\\u3002", "en": "Merit raises the lump sum by a fixed share."}, "source": "L1:22", "optional": false}, {"field": "bank_account", "because": {"zh": "\\u94b1\\u76f4\\u63a5\\u6253\\u5230\\u60a8\\u672c\\u4eba\\u7684\\u5361\\u4e0a\\u3002", "en": "The money goes straight to your own card."}, "source": "F13", "optional": false}], "materials": [{"any_of": ["enlistment_notice"], "because": {"zh": "\\u8bc1\\u660e\\u4ece\\u54ea\\u5929\\u3001\\u4ece\\u54ea\\u91cc\\u5165\\u4f0d\\u3002", "en": "It shows when and where you enlisted."}, "source": "F13"}, {"any_of": ["administrative_letter"], "because": {"zh": "\\u8bc1\\u660e\\u6309\\u81ea\\u4e3b\\u5c31\\u4e1a\\u56de\\u5230\\u672c\\u5730\\u3002", "en": "It shows that you return here for self-employment."}, "source": "F13"}, {"any_of": ["discharge_certificate"], "because": {"zh": "\\u8bc1\\u660e\\u54ea\\u5929\\u9000\\u5f79\\u3001\\u670d\\u5f79\\u51e0\\u5e74\\u3002", "en": "It shows the day of discharge and the years served."}, "source": "F13"}, {"any_of": ["grant_form"], "because": {"zh": "\\u53d1\\u94b1\\u524d\\u8981\\u8d70\\u5ba1\\u6279\\u8868\\u3002", "en": "Payment needs an approval form."}, "source": "F13"}, {"any_of": ["merit_certificate"], "because": {"zh": "\\u589e\\u53d1\\u770b\\u7acb\\u529f\\u53d7\\u5956\\u8bc1\\u4e66\\u3002", "en": "The increase rests on the merit certificate."}, "source": "L1:22", "when": "highest_merit <> 'none'"}, {"any_of": ["bank_card"], "because": {"zh": "\\u6838\\u5bf9\\u5361\\u53f7\\u548c\\u6237\\u540d\\uff0c\\u514d\\u5f97\\u6253\\u9519\\u3002", "en": "Number and name are checked so that the money does not go astray."}, "source": "F13"}], "needs": [{"matter": "report_in", "because": {"zh": "\\u62a5\\u5230\\u4e86\\u624d\\u6709\\u8fd9\\u9879\\u5f85\\u9047\\u3002", "en": "The right depends on having reported."}, "source": "L1:51"}, {"matter": "membership_transfer", "because": {"zh": "\\u515a\\u56e2\\u5458\\u5148\\u8f6c\\u7ec4\\u7ec7\\u5173\\u7cfb\\uff0c\\u518d\\u9886\\u8865\\u52a9\\u3002", "en": "Members move their membership first, then draw the grant."}, "source": "F11", "when": "membership <> 'none'"}], "acts": [], "title_source": "S3"}, "skills_training": {"id": "skills_training", "title": {"zh": "\\u81ea\\u4e3b\\u5c31\\u4e1a\\u804c\\u4e1a\\u6280\\u80fd\\u57f9\\u8bad\\u548c\\u5c31\\u4e1a\\u521b\\u4e1a\\u6307\\u5bfc", "en": "Vocational training and guidance on work"}, "department": "veterans_affairs", "result": {"zh": "\\u57f9\\u8bad\\u62a5\\u540d\\u7ed3\\u679c\\u548c\\u5c31\\u4e1a\\u6307\\u5bfc\\u8054\\u7cfb\\u4eba", "en": "Place on a course and a named adviser"}, "applies": [{"when": "placement_type IN ('self_employed', 'monthly_pension', 'demobilised')", "because": {"zh": "\\u81ea\\u5df1\\u627e\\u5de5\\u4f5c\\u7684\\u4eba\\uff0c\\u53ef\\u4ee5\\u514d\\u8d39\\u53c2\\u52a0\\u4e00\\u6b21\\u57f9\\u8bad\\u3002", "en": "Those finding work themselves may take one course free of charge."}, "otherwise": {"zh": "\\u60a8\\u7684\\u5de5\\u4f5c\\u6216\\u8005\\u751f\\u6d3b\\u53e6\\u6709\\u5b89\\u6392\\uff0c\\u8fd9\\u4e00\\u9879\\u4e0d\\u7528\\u529e\\u3002", "en": "Your work or living is arranged otherwise; this is not needed."}, "source": "L1:66"}], "consent": "wants_training", "working_days": {"alone": {"value": 3, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 2, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u62a5\\u540d\\u8981\\u6709\\u540d\\u5b57\\u3002", "en": "A name is needed to enrol."}, "source": "L2:36", "optional": false}, {"field": "id_number", "because": {"zh": "\\u57f9\\u8bad\\u8865\\u8d34\\u6309\\u4eba\\u6838\\u5bf9\\uff0c\\u4e0d\\u91cd\\u590d\\u9886\\u3002", "en": "The subsidy is checked per person."}, "source": "L2:36", "optional": false}, {"field": "phone", "because": {"zh": "\\u5f00\\u73ed\\u524d\\u901a\\u77e5\\u60a8\\u3002", "en": "To tell you before the course begins."}, "source": "L2:36", "optional": false}, {"field": "wants_training", "because": {"zh": "\\u53c2\\u52a0\\u4e0d\\u53c2\\u52a0\\uff0c\\u7531\\u60a8\\u5b9a\\u3002", "en": "Whether to take part is your choice."}, "source": "L1:64", "optional": false}, {"field": "education_level", "because": {"zh": "\\u6709\\u7684\\u8bfe\\u7a0b\\u8981\\u4e00\\u5b9a\\u7684\\u5b66\\u5386\\u3002", "en": "Some courses need a certain schooling."}, "source": "L2:36", "optional": false}, {"field": "training_direction", "because": {"zh": "\\u6309\\u60a8\\u60f3\\u5b66\\u7684\\u5b89\\u6392\\u73ed\\u6b21\\u3002", "en": "So that the course fits what you want."}, "source": "L2:36", "optional": false}, {"field": "skills", "because": {"zh": "\\u5df2\\u7ecf\\u4f1a\\u7684\\uff0c\\u5c31\\u4e0d\\u7528\\u518d\\u5b66\\u4e00\\u904d\\u3002", "en": "What you know already need not be taught again."}, "source": "L2:36", "optional": true}], "materials": [{"any_of": ["discharge_certificate"], "because": {"zh": "\\u8bc1\\u660e\\u60a8\\u662f\\u9000\\u5f79\\u519b\\u4eba\\uff0c\\u57f9\\u8bad\\u514d\\u8d39\\u3002", "en": "It shows you are a veteran, so the course is free."}, "source": "S3"}, {"any_of": ["training_form"], "because": {"zh": "\\u5355\\u72ec\\u62a5\\u540d\\u8981\\u586b\\u4e00\\u5f20\\u8868\\u3002", "en": "Enrolling alone needs a form."}, "source": "S3"}, {"any_of": ["education_certificate"], "because": {"zh": "\\u8bfe\\u7a0b\\u770b\\u5b66\\u5386\\uff0c\\u5355\\u72ec\\u62a5\\u540d\\u8981\\u4ea4\\u6bd5\\u4e1a\\u8bc1\\u3002", "en": "Courses look at schooling; enrolling alone needs the certificate."}, "source": "S3"}], "needs": [{"matter": "report_in", "because": {"zh": "\\u62a5\\u5230\\u540e\\uff0c\\u9000\\u5f79\\u519b\\u4eba\\u5c40\\u624d\\u80fd\\u7ed9\\u60a8\\u5b89\\u6392\\u3002", "en": "Veterans Affairs can arrange it once you have reported."}, "source": "L1:62"}], "acts": [], "title_source": "S3"}, "membership_transfer": {"id": "membership_transfer", "title": {"zh": "\\u515a\\uff08\\u56e2\\uff09\\u7ec4\\u7ec7\\u5173\\u7cfb\\u8f6c\\u63a5", "en": "Transfer of Party or League membership"}, "department": "party_organisation", "result": {"zh": "\\u7ec4\\u7ec7\\u5173\\u7cfb\\u63a5\\u6536\\u56de\\u6267", "en": "Receipt from the branch that took you in"}, "applies": [{"when": "membership <> 'none'", "because": {"zh": "\\u60a8\\u662f\\u515a\\u5458\\u6216\\u8005\\u56e2\\u5458\\uff0c\\u7ec4\\u7ec7\\u5173\\u7cfb\\u8981\\u8f6c\\u56de\\u6765\\u3002", "en": "As a Party or League member you have a membership to move."}, "otherwise": {"zh": "\\u60a8\\u4e0d\\u662f\\u515a\\u5458\\u3001\\u56e2\\u5458\\uff0c\\u4e0d\\u7528\\u8f6c\\u3002", "en": "You belong to neither, so there is nothing to move."}, "source": "F11"}], "working_days": {"alone": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u8f6c\\u8c01\\u7684\\u5173\\u7cfb\\uff0c\\u8981\\u5199\\u6e05\\u695a\\u3002", "en": "To say whose membership moves."}, "source": "F11", "optional": false}, {"field": "id_number", "because": {"zh": "\\u548c\\u4ecb\\u7ecd\\u4fe1\\u5bf9\\u4e0a\\uff0c\\u9632\\u6b62\\u540c\\u540d\\u3002", "en": "To match the letter and keep namesakes apart."}, "source": "F11", "optional": false}, {"field": "phone", "because": {"zh": "\\u63a5\\u6536\\u7684\\u652f\\u90e8\\u8981\\u8054\\u7cfb\\u60a8\\u3002", "en": "The receiving branch will contact you."}, "source": "F11", "optional": false}, {"field": "membership", "because": {"zh": "\\u515a\\u5458\\u8f6c\\u5230\\u652f\\u90e8\\uff0c\\u56e2\\u5458\\u8f6c\\u5230\\u56e2\\u7ec4\\u7ec7\\u3002", "en": "Party members go to a branch, League members to the League."}, "source": "F11", "optional": false}, {"field": "receiving_branch", "because": {"zh": "\\u5173\\u7cfb\\u8f6c\\u5230\\u54ea\\u91cc\\uff0c\\u7531\\u60a8\\u8bf4\\u3002", "en": "You say where it goes."}, "source": "F11", "optional": false}], "materials": [{"any_of": ["membership_letter"], "because": {"zh": "\\u8f6c\\u63a5\\u51ed\\u90e8\\u961f\\u5f00\\u7684\\u7ec4\\u7ec7\\u5173\\u7cfb\\u4ecb\\u7ecd\\u4fe1\\u3002", "en": "The transfer rests on the letter from your unit."}, "source": "F11"}], "needs": [], "acts": [], "title_source": "F7"}, "job_seeker_registration": {"id": "job_seeker_registration", "title": {"zh": "\\u6c42\\u804c\\u767b\\u8bb0", "en": "Job-seeker registration"}, "department": "human_resources", "result": {"zh": "\\u6c42\\u804c\\u767b\\u8bb0\\uff0c\\u548c\\u4e00\\u4f4d\\u8054\\u7cfb\\u60a8\\u7684\\u804c\\u4e1a\\u6307\\u5bfc\\u5458", "en": "Registration as a job seeker and a named adviser"}, "applies": [{"when": "placement_type IN ('self_employed', 'monthly_pension', 'demobilised')", "because": {"zh": "\\u81ea\\u5df1\\u627e\\u5de5\\u4f5c\\u7684\\u4eba\\uff0c\\u4eba\\u793e\\u5c40\\u514d\\u8d39\\u5e2e\\u5fd9\\u3002", "en": "Those finding work themselves are helped free of charge."}, "otherwise": {"zh": "\\u60a8\\u7684\\u5de5\\u4f5c\\u6216\\u8005\\u751f\\u6d3b\\u53e6\\u6709\\u5b89\\u6392\\uff0c\\u4e0d\\u7528\\u6c42\\u804c\\u767b\\u8bb0\\u3002", "en": "Your work or living is arranged otherwise; no registration is needed."}, "source": "L1:66"}, {"when": "employment_status = 'unemployed'", "because": {"zh": "\\u60a8\\u73b0\\u5728\\u8fd8\\u6ca1\\u6709\\u5de5\\u4f5c\\u3002", "en": "You have no work at present."}, "otherwise": {"zh": "\\u60a8\\u6709\\u5de5\\u4f5c\\u6216\\u8005\\u5728\\u4e0a\\u5b66\\uff0c\\u4e0d\\u7528\\u767b\\u8bb0\\u3002", "en": "You work or study, so this is not needed."}, "source": "L1:85"}], "consent": "wants_job_help", "working_days": {"alone": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "joined": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "alone": {"steps": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}, "trips": {"value": 1, "basis": "reconstructed", "source": "S3", "unit": "working_days"}}, "fields": [{"field": "full_name", "because": {"zh": "\\u767b\\u8bb0\\u6c42\\u804c\\u7684\\u4eba\\u3002", "en": "The person looking for work."}, "source": "L2:41", "optional": false}, {"field": "id_number", "because": {"zh": "\\u4e00\\u4e2a\\u4eba\\u53ea\\u767b\\u8bb0\\u4e00\\u6b21\\u3002", "en": "Each person is registered once."}, "source": "L2:41", "optional": false}, {"field": "phone", "because": {"zh": "\\u6709\\u5408\\u9002\\u7684\\u5de5\\u4f5c\\u544a\\u8bc9\\u60a8\\u3002", "en": "To tell you of suitable work."}, "source": "L2:41", "optional": false}, {"field": "wants_job_help", "because": {"zh": "\\u8981\\u4e0d\\u8981\\u5e2e\\uff0c\\u7531\\u60a8\\u5b9a\\u3002", "en": "Whether to be helped is your choice."}, "source": "L2:41", "optional": false}, {"field": "employment_status", "because": {"zh": "\\u6ca1\\u6709\\u5de5\\u4f5c\\u7684\\uff0c\\u8fd8\\u53ef\\u80fd\\u9886\\u5931\\u4e1a\\u4fdd\\u9669\\u91d1\\u3002", "en": "Without work you may also draw unemployment benefit."}, "source": "L1:85", "optional": false}, {"field": "education_level", "because": {"zh": "\\u6709\\u7684\\u5355\\u4f4d\\u62db\\u4eba\\u770b\\u5b66\\u5386\\u3002", "en": "Some employers look at schooling."}, "source": "L2:41", "optional": false}, {"field": "job_wish", "because": {"zh": "\\u6309\\u60a8\\u60f3\\u5e72\\u7684\\u53bb\\u627e\\u3002", "en": "So that the search fits your wish."}, "source": "L2:41", "optional": false}, {"field": "skills", "because": {"zh": "\\u6709\\u624b\\u827a\\u3001\\u6709\\u8bc1\\u7684\\uff0c\\u80fd\\u627e\\u5f97\\u66f4\\u51c6\\u3002", "en": "Skills and certificates make the match better."}, "source": "L2:41", "optional": true}], "materials": [{"any_of": ["discharge_certificate"], "because": {"zh": "\\u8bc1\\u660e\\u60a8\\u662f\\u9000\\u5f79\\u519b\\u4eba\\uff0c\\u53ef\\u4ee5\\u4f18\\u5148\\u3002", "en": "It shows you are a veteran and come first."}, "source": "S3"}, {"any_of": ["identity_proof"], "because": {"zh": "\\u8981\\u6838\\u5bf9\\u662f\\u60a8\\u672c\\u4eba\\u3002", "en": "Your identity is checked."}, "source": "S3"}], "needs": [], "acts": [], "title_source": "L2:41"}}, "materials": {"discharge_certificate": {"title": {"zh": "\\u9000\\u51fa\\u73b0\\u5f79\\u8bc1", "en": "Discharge certificate"}, "hint": {"zh": "\\u6253\\u5f00\\u6709\\u7167\\u7247\\u548c\\u65e5\\u671f\\u7684\\u90a3\\u4e00\\u9875\\uff0c\\u62cd\\u4e00\\u5f20\\u3002\\u8fd8\\u6ca1\\u53d1\\u4e0b\\u6765\\uff0c\\u53ef\\u4ee5\\u5148\\u529e\\uff0c30 \\u5929\\u5185\\u8865\\u3002", "en": "Photograph the page with picture and dates. Not issued yet? Start now, add it within 30 days."}, "may_follow_within": {"value": 30, "basis": "reconstructed", "source": "F12", "unit": "calendar_days"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u8bc1\\u7531\\u90e8\\u961f\\u53d1\\u5230\\u60a8\\u624b\\u91cc\\uff0c\\u522b\\u7684\\u90e8\\u95e8\\u6ca1\\u6709\\u3002", "en": "The army gave it to you; no department holds it."}, "source": "F10"}]}, "administrative_letter": {"title": {"zh": "\\u884c\\u653f\\u4ecb\\u7ecd\\u4fe1", "en": "Administrative letter of introduction"}, "hint": {"zh": "\\u90e8\\u961f\\u5f00\\u7684\\uff0c\\u5199\\u7740\\u8ba9\\u60a8\\u5230\\u54ea\\u4e2a\\u9000\\u5f79\\u519b\\u4eba\\u5c40\\u62a5\\u5230\\u3002\\u62cd\\u6574\\u5f20\\u3002", "en": "From your unit, naming the office to report to. Photograph the whole sheet."}, "supplies": [{"by": "applicant", "because": {"zh": "\\u4fe1\\u662f\\u90e8\\u961f\\u5f00\\u7ed9\\u60a8\\u5e26\\u56de\\u6765\\u7684\\u3002", "en": "Your unit wrote it for you to bring."}, "source": "F10"}]}, "placement_notice": {"title": {"zh": "\\u63a5\\u6536\\u5b89\\u7f6e\\u901a\\u77e5\\u4e66", "en": "Notice of placement"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u901a\\u77e5\\u4e66\\u5bc4\\u7ed9\\u4e86\\u60a8\\u672c\\u4eba\\u3002", "en": "It was sent to you in person."}, "source": "F10"}]}, "supply_letter": {"title": {"zh": "\\u4eba\\u5458\\u4f9b\\u7ed9\\u4ecb\\u7ecd\\u4fe1", "en": "Letter on pay and supply"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u519b\\u5b98\\u7684\\u4f9b\\u7ed9\\u4ecb\\u7ecd\\u4fe1\\u7531\\u90e8\\u961f\\u4ea4\\u7ed9\\u672c\\u4eba\\u3002", "en": "An officer's unit hands it to the officer."}, "source": "F11"}]}, "enlistment_notice": {"title": {"zh": "\\u5165\\u4f0d\\u901a\\u77e5\\u4e66", "en": "Enlistment notice"}, "hint": {"zh": "\\u627e\\u4e0d\\u5230\\u5c31\\u8bf4\\u4e00\\u58f0\\uff0c\\u9000\\u5f79\\u519b\\u4eba\\u5c40\\u5230\\u6863\\u6848\\u91cc\\u67e5\\u3002", "en": "If you cannot find it, say so; Veterans Affairs looks in the file."}, "supplies": [{"by": "applicant", "because": {"zh": "\\u5165\\u4f0d\\u65f6\\u53d1\\u7ed9\\u60a8\\u5bb6\\u7684\\u3002\\u6863\\u6848\\u8fd8\\u6ca1\\u8054\\u7f51\\uff0c\\u5148\\u7531\\u60a8\\u4ea4\\u3002", "en": "It was given to your family; the archive is not linked yet."}, "source": "F13"}]}, "merit_certificate": {"title": {"zh": "\\u7acb\\u529f\\u53d7\\u5956\\u8bc1\\u4e66", "en": "Merit certificate"}, "hint": {"zh": "\\u53ea\\u4ea4\\u6700\\u9ad8\\u7684\\u90a3\\u4e00\\u4efd\\u3002", "en": "Only the highest one."}, "supplies": [{"by": "applicant", "because": {"zh": "\\u8bc1\\u4e66\\u5728\\u60a8\\u624b\\u91cc\\uff0c\\u589e\\u53d1\\u6bd4\\u4f8b\\u6309\\u5b83\\u7b97\\u3002", "en": "You hold it; the increase is worked out from it."}, "source": "L1:22"}]}, "martyr_certificate": {"title": {"zh": "\\u70c8\\u58eb\\u8bc1\\u660e\\u4e66", "en": "Martyr's certificate"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u8bc1\\u660e\\u4e66\\u7531\\u60a8\\u5bb6\\u4fdd\\u7ba1\\u3002", "en": "Your family keeps it."}, "source": "F10"}]}, "disability_certificate": {"title": {"zh": "\\u6b8b\\u75be\\u519b\\u4eba\\u8bc1", "en": "Disabled serviceman's certificate"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u8bc1\\u7531\\u90e8\\u961f\\u53d1\\u7ed9\\u60a8\\u672c\\u4eba\\u3002", "en": "The army issued it to you."}, "source": "F10"}]}, "marriage_certificate": {"title": {"zh": "\\u7ed3\\u5a5a\\u8bc1", "en": "Marriage certificate"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u5230\\u914d\\u5076\\u90a3\\u91cc\\u5b89\\u7f6e\\uff0c\\u8981\\u770b\\u7ed3\\u5a5a\\u6ee1\\u51e0\\u5e74\\u3002", "en": "Settling at the spouse's place depends on years of marriage."}, "source": "L1:45"}]}, "parents_register": {"title": {"zh": "\\u7236\\u6bcd\\u73b0\\u5728\\u7684\\u6237\\u7c4d\\u4fe1\\u606f", "en": "Parents' present household record"}, "supplies": [{"by": "share", "department": "police", "share": "household_register", "because": {"zh": "\\u516c\\u5b89\\u5c40\\u6709\\uff0c\\u76f4\\u63a5\\u67e5\\uff0c\\u4e0d\\u7528\\u60a8\\u5f00\\u8bc1\\u660e\\u3002", "en": "The police have it and share it; you need no proof."}, "source": "L5:7"}]}, "relocation_approval": {"title": {"zh": "\\u6613\\u5730\\u5b89\\u7f6e\\u6279\\u51c6\\u6750\\u6599", "en": "Approval to settle elsewhere"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u6279\\u51c6\\u6750\\u6599\\u7531\\u90e8\\u961f\\u548c\\u7701\\u91cc\\u53d1\\u7ed9\\u60a8\\u3002", "en": "The army and the province gave it to you."}, "source": "L1:45"}]}, "pension_voucher": {"title": {"zh": "\\u519b\\u4eba\\u9000\\u5f79\\u57fa\\u672c\\u517b\\u8001\\u4fdd\\u9669\\u53c2\\u4fdd\\u7f34\\u8d39\\u51ed\\u8bc1", "en": "Pension insurance contribution voucher"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u90e8\\u961f\\u8d22\\u52a1\\u5f00\\u7684\\uff0c\\u4ea4\\u7ed9\\u60a8\\u5e26\\u56de\\u6765\\u3002", "en": "The army's finance office gave it to you."}, "source": "F17"}]}, "pension_transfer_form": {"title": {"zh": "\\u519b\\u4eba\\u9000\\u5f79\\u57fa\\u672c\\u517b\\u8001\\u4fdd\\u9669\\u5173\\u7cfb\\u8f6c\\u79fb\\u63a5\\u7eed\\u4fe1\\u606f\\u8868", "en": "Pension insurance transfer sheet"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u548c\\u7f34\\u8d39\\u51ed\\u8bc1\\u4e00\\u8d77\\u4ea4\\u7ed9\\u4e86\\u60a8\\u3002", "en": "It came together with the voucher."}, "source": "F17"}]}, "annuity_voucher": {"title": {"zh": "\\u519b\\u4eba\\u804c\\u4e1a\\u5e74\\u91d1\\u7f34\\u8d39\\u51ed\\u8bc1", "en": "Occupational annuity voucher"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u519b\\u58eb\\u548c\\u519b\\u5b98\\u6709\\u804c\\u4e1a\\u5e74\\u91d1\\uff0c\\u51ed\\u8bc1\\u5728\\u60a8\\u624b\\u91cc\\u3002", "en": "NCOs and officers have an annuity; you hold the voucher."}, "source": "L1:81"}]}, "medical_voucher": {"title": {"zh": "\\u519b\\u4eba\\u9000\\u5f79\\u533b\\u7597\\u4fdd\\u9669\\u8f6c\\u79fb\\u51ed\\u8bc1", "en": "Medical insurance transfer voucher"}, "hint": {"zh": "\\u519b\\u58eb\\u53eb\\u4e2a\\u4eba\\u8d26\\u6237\\u8f6c\\u79fb\\u51ed\\u8bc1\\uff0c\\u4e49\\u52a1\\u5175\\u53eb\\u533b\\u7597\\u4fdd\\u9669\\u91d1\\u8f6c\\u79fb\\u51ed\\u8bc1\\u3002", "en": "NCOs and conscripts get differently named vouchers; either will do."}, "supplies": [{"by": "applicant", "because": {"zh": "\\u90e8\\u961f\\u8d22\\u52a1\\u5f00\\u7684\\uff0c\\u4ea4\\u7ed9\\u60a8\\u5e26\\u56de\\u6765\\u3002", "en": "The army's finance office gave it to you."}, "source": "F19"}]}, "bank_card": {"title": {"zh": "\\u672c\\u4eba\\u94f6\\u884c\\u5361", "en": "Your bank card"}, "hint": {"zh": "\\u62cd\\u6709\\u5361\\u53f7\\u7684\\u4e00\\u9762\\u3002", "en": "Photograph the side with the number."}, "supplies": [{"by": "applicant", "because": {"zh": "\\u6253\\u6b3e\\u8981\\u6838\\u5bf9\\u5361\\u662f\\u60a8\\u672c\\u4eba\\u7684\\u3002", "en": "Before paying, the card must be shown to be yours."}, "source": "F13"}]}, "education_certificate": {"title": {"zh": "\\u6bd5\\u4e1a\\u8bc1\\u4e66", "en": "School certificate"}, "supplies": [{"by": "applicant", "because": {"zh": "\\u6559\\u80b2\\u90e8\\u95e8\\u4e0d\\u5728\\u8fd9\\u4ef6\\u4e8b\\u91cc\\uff0c\\u5b66\\u5386\\u8fd8\\u4e0d\\u80fd\\u5171\\u4eab\\u3002", "en": "The education department is not part of this yet and shares nothing."}, "source": "S3"}]}, "photo": {"title": {"zh": "\\u767d\\u5e95\\u8bc1\\u4ef6\\u7167", "en": "Photo on a white ground"}, "hint": {"zh": "\\u624b\\u673a\\u62cd\\u5c31\\u884c\\uff0c\\u80cc\\u666f\\u8981\\u767d\\u3002", "en": "A phone picture will do; the background must be white."}, "supplies": [{"by": "applicant", "because": {"zh": "\\u5361\\u4e0a\\u5370\\u7684\\u662f\\u60a8\\u73b0\\u5728\\u7684\\u6837\\u5b50\\u3002", "en": "The card shows you as you are now."}, "source": "F22"}]}, "old_id_card": {"title": {"zh": "\\u539f\\u6765\\u7684\\u8eab\\u4efd\\u8bc1", "en": "Your old ID card"}, "hint": {"zh": "\\u6765\\u7a97\\u53e3\\u90a3\\u5929\\u5e26\\u4e0a\\uff0c\\u6362\\u65b0\\u8bc1\\u8981\\u4ea4\\u56de\\u3002", "en": "Bring it on the day of your visit; it is handed back for the new one."}, "supplies": [{"by": "applicant", "because": {"zh": "\\u6cd5\\u5f8b\\u89c4\\u5b9a\\uff0c\\u9886\\u65b0\\u8bc1\\u8981\\u4ea4\\u56de\\u65e7\\u8bc1\\u3002", "en": "By law the old card is handed back for the new one."}, "source": "L10:11"}]}, "host_household_book": {"title": {"zh": "\\u8981\\u843d\\u6237\\u90a3\\u4e00\\u5bb6\\u7684\\u6237\\u53e3\\u7c3f", "en": "Household book of the receiving family"}, "hint": {"zh": "\\u6765\\u7a97\\u53e3\\u90a3\\u5929\\u5e26\\u4e0a\\uff0c\\u65b0\\u7684\\u4e00\\u9875\\u5370\\u5728\\u91cc\\u9762\\u3002", "en": "Bring it on the day of your visit; your page is printed into it."}, "supplies": [{"by": "applicant", "because": {"zh": "\\u6237\\u53e3\\u9875\\u8981\\u5f53\\u573a\\u5370\\u8fdb\\u8fd9\\u672c\\u6237\\u53e3\\u7c3f\\u3002", "en": "Your page is printed into this book on the spot."}, "source": "F16"}]}, "identity_proof": {"title": {"zh": "\\u8eab\\u4efd\\u8bc1\\u660e", "en": "Proof of identity"}, "supplies": [{"by": "share", "department": "police", "share": "identity", "because": {"zh": "\\u516c\\u5b89\\u5c40\\u6838\\u5bf9\\u4e00\\u6b21\\uff0c\\u5404\\u90e8\\u95e8\\u90fd\\u8ba4\\u3002", "en": "The police confirm it once for every department."}, "source": "L5:7"}, {"by": "applicant", "because": {"zh": "\\u6ca1\\u6709\\u5171\\u4eab\\u65f6\\uff0c\\u4ea4\\u8eab\\u4efd\\u8bc1\\u3002", "en": "Without the share, show your ID card."}, "source": "L10:13"}]}, "household_letter": {"title": {"zh": "\\u6237\\u53e3\\u767b\\u8bb0\\u4ecb\\u7ecd\\u4fe1", "en": "Letter for household registration"}, "supplies": [{"by": "matter", "matter": "report_in", "because": {"zh": "\\u62a5\\u5230\\u540e\\u7531\\u9000\\u5f79\\u519b\\u4eba\\u5c40\\u5f00\\uff0c\\u76f4\\u63a5\\u53d1\\u7ed9\\u6d3e\\u51fa\\u6240\\u3002", "en": "Veterans Affairs writes it after reporting and sends it to the police."}, "source": "L1:53"}, {"by": "applicant", "because": {"zh": "\\u5355\\u72ec\\u529e\\u65f6\\uff0c\\u81ea\\u5df1\\u53bb\\u53d6\\u4e86\\u518d\\u9001\\u3002", "en": "Done alone, you fetch and carry it yourself."}, "source": "L1:53"}]}, "household_page": {"title": {"zh": "\\u672c\\u4eba\\u7684\\u6237\\u53e3\\u9875", "en": "Your household page"}, "supplies": [{"by": "matter", "matter": "household_registration", "because": {"zh": "\\u6237\\u53e3\\u529e\\u597d\\u5c31\\u6709\\u8fd9\\u4e00\\u9875\\uff0c\\u516c\\u5b89\\u5185\\u90e8\\u76f4\\u63a5\\u7528\\u3002", "en": "It exists once the registration is done; the police use it directly."}, "source": "L10:10"}, {"by": "share", "department": "police", "share": "household_register", "because": {"zh": "\\u60a8\\u7684\\u6237\\u53e3\\u4e00\\u76f4\\u5728\\uff0c\\u516c\\u5b89\\u5c40\\u81ea\\u5df1\\u67e5\\u3002", "en": "Your registration never lapsed; the police look it up."}, "source": "L5:7", "when": "NOT hukou_cancelled AND NOT moves_elsewhere"}, {"by": "applicant", "because": {"zh": "\\u6ca1\\u6709\\u5171\\u4eab\\u65f6\\uff0c\\u4ea4\\u9a8c\\u6237\\u53e3\\u7c3f\\u3002", "en": "Without the share, show the household book."}, "source": "L10:10"}]}, "valid_id_card": {"title": {"zh": "\\u6709\\u6548\\u7684\\u8eab\\u4efd\\u8bc1", "en": "A valid ID card"}, "supplies": [{"by": "matter", "matter": "id_card", "because": {"zh": "\\u65b0\\u8eab\\u4efd\\u8bc1\\u529e\\u597d\\u540e\\uff0c\\u516c\\u5b89\\u5c40\\u628a\\u4fe1\\u606f\\u53d1\\u8fc7\\u6765\\u3002", "en": "When the new card is made, the police send its data."}, "source": "L10:12"}, {"by": "share", "department": "police", "share": "identity", "because": {"zh": "\\u60a8\\u7684\\u8eab\\u4efd\\u8bc1\\u6709\\u6548\\uff0c\\u516c\\u5b89\\u5c40\\u6838\\u5bf9\\u5c31\\u884c\\u3002", "en": "Your card is valid; the police confirm it."}, "source": "L5:7", "when": "id_card_state = 'valid'"}, {"by": "applicant", "because": {"zh": "\\u6ca1\\u6709\\u5171\\u4eab\\u65f6\\uff0c\\u4ea4\\u8eab\\u4efd\\u8bc1\\u3002", "en": "Without the share, show your ID card."}, "source": "L10:13"}]}, "grant_form": {"title": {"zh": "\\u4e00\\u6b21\\u6027\\u7ecf\\u6d4e\\u8865\\u52a9\\u91d1\\u5ba1\\u6279\\u8868", "en": "Grant approval form"}, "supplies": [{"by": "form", "fields": ["full_name", "id_number", "enlist_date", "discharge_date", "service_months", "bank_account"], "because": {"zh": "\\u8868\\u4e0a\\u7684\\u5185\\u5bb9\\u60a8\\u90fd\\u586b\\u8fc7\\u4e86\\uff0c\\u81ea\\u52a8\\u751f\\u6210\\u3002", "en": "You have already given all of it; the form is generated."}, "source": "F13"}, {"by": "applicant", "because": {"zh": "\\u5355\\u72ec\\u529e\\u65f6\\uff0c\\u624b\\u586b\\u4e00\\u4efd\\u3002", "en": "Done alone, you fill one in by hand."}, "source": "F13"}]}, "training_form": {"title": {"zh": "\\u6280\\u80fd\\u57f9\\u8bad\\u62a5\\u540d\\u8868", "en": "Training registration form"}, "supplies": [{"by": "form", "fields": ["full_name", "id_number", "education_level", "training_direction"], "because": {"zh": "\\u8868\\u4e0a\\u7684\\u5185\\u5bb9\\u60a8\\u90fd\\u586b\\u8fc7\\u4e86\\uff0c\\u81ea\\u52a8\\u751f\\u6210\\u3002", "en": "You have already given all of it; the form is generated."}, "source": "S3"}, {"by": "applicant", "because": {"zh": "\\u5355\\u72ec\\u529e\\u65f6\\uff0c\\u624b\\u586b\\u4e00\\u4efd\\u3002", "en": "Done alone, you fill one in by hand."}, "source": "S3"}]}, "id_card_form": {"title": {"zh": "\\u5c45\\u6c11\\u8eab\\u4efd\\u8bc1\\u7533\\u9886\\u767b\\u8bb0\\u8868", "en": "ID card application form"}, "supplies": [{"by": "form", "fields": ["full_name", "sex", "ethnicity", "birth_date", "id_number"], "because": {"zh": "\\u6cd5\\u5f8b\\u8981\\u8fd9\\u5f20\\u8868\\uff0c\\u5185\\u5bb9\\u60a8\\u90fd\\u586b\\u8fc7\\u4e86\\uff0c\\u81ea\\u52a8\\u751f\\u6210\\u3002", "en": "The law wants this form; it is generated from what you gave."}, "source": "L10:10"}, {"by": "applicant", "because": {"zh": "\\u5355\\u72ec\\u529e\\u65f6\\uff0c\\u624b\\u586b\\u4e00\\u4efd\\u3002", "en": "Done alone, you fill one in by hand."}, "source": "L10:10"}]}, "membership_letter": {"title": {"zh": "\\u515a\\uff08\\u56e2\\uff09\\u7ec4\\u7ec7\\u5173\\u7cfb\\u4ecb\\u7ecd\\u4fe1", "en": "Letter on Party or League membership"}, "hint": {"zh": "\\u8fde\\u4e0b\\u9762\\u7684\\u56de\\u6267\\u8054\\u4e00\\u8d77\\u62cd\\u3002", "en": "Photograph it together with the receipt slip below."}, "supplies": [{"by": "applicant", "because": {"zh": "\\u4fe1\\u7531\\u90e8\\u961f\\u515a\\u56e2\\u7ec4\\u7ec7\\u5f00\\u7ed9\\u60a8\\u3002", "en": "The organisation in your unit gave it to you."}, "source": "F11"}]}}, "derived": {"placement_type": {"cases": [{"when": "soldier_kind = 'officer' AND officer_placement = 'retired'", "value": "retired", "because": {"zh": "\\u90e8\\u961f\\u5b9a\\u4e86\\uff1a\\u519b\\u5b98\\u9000\\u4f11\\u5b89\\u7f6e\\u3002", "en": "The army has decided: retirement as an officer."}, "source": "L1:12"}, {"when": "soldier_kind = 'officer' AND officer_placement = 'transferred'", "value": "transferred", "because": {"zh": "\\u90e8\\u961f\\u5b9a\\u4e86\\uff1a\\u519b\\u5b98\\u8f6c\\u4e1a\\u5b89\\u7f6e\\u3002", "en": "The army has decided: transfer to a civilian post."}, "source": "L1:12"}, {"when": "soldier_kind = 'officer' AND officer_placement = 'monthly_pension'", "value": "monthly_pension", "because": {"zh": "\\u90e8\\u961f\\u5b9a\\u4e86\\uff1a\\u519b\\u5b98\\u9010\\u6708\\u9886\\u53d6\\u9000\\u5f79\\u91d1\\u3002", "en": "The army has decided: an officer's monthly pension."}, "source": "L1:12"}, {"when": "soldier_kind = 'officer' AND officer_placement = 'demobilised'", "value": "demobilised", "because": {"zh": "\\u90e8\\u961f\\u5b9a\\u4e86\\uff1a\\u519b\\u5b98\\u590d\\u5458\\u5b89\\u7f6e\\u3002", "en": "The army has decided: demobilisation as an officer."}, "source": "L1:12"}, {"when": "soldier_kind IN ('conscript', 'junior_nco') AND disability_cause <> 'none' AND disability_grade BETWEEN 1 AND 4", "value": "provided_for", "because": {"zh": "\\u8bc4\\u4e86 1 \\u5230 4 \\u7ea7\\u6b8b\\u75be\\uff0c\\u56fd\\u5bb6\\u4f9b\\u517b\\u7ec8\\u8eab\\u3002", "en": "A disability of grade 1 to 4: provided for by the State for life."}, "source": "L1:38"}, {"when": "soldier_kind = 'senior_nco' AND disability_cause IN ('war', 'duty') AND disability_grade BETWEEN 1 AND 4 AND placement_wish = 'provided_for'", "value": "provided_for", "because": {"zh": "\\u60a8\\u4e0d\\u8981\\u9000\\u4f11\\uff0c\\u9009\\u4e86\\u56fd\\u5bb6\\u4f9b\\u517b\\u3002", "en": "You chose to be provided for by the State instead of retiring."}, "source": "L1:38"}, {"when": "soldier_kind = 'senior_nco' AND disability_cause = 'war' AND disability_grade BETWEEN 5 AND 6 AND placement_wish = 'assigned_work' AND assignment_bar = 'none'", "value": "assigned_work", "because": {"zh": "\\u60a8\\u4e0d\\u8981\\u9000\\u4f11\\uff0c\\u9009\\u4e86\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "You chose assigned work instead of retiring."}, "source": "L1:25"}, {"when": "soldier_kind = 'senior_nco' AND years_between(birth_date, discharge_date) >= 55", "value": "retired", "because": {"zh": "\\u4e2d\\u7ea7\\u4ee5\\u4e0a\\u519b\\u58eb\\uff0c\\u9000\\u5f79\\u65f6\\u6ee1 55 \\u5c81\\uff0c\\u9000\\u4f11\\u5b89\\u7f6e\\u3002", "en": "An intermediate or senior NCO of 55 or more retires."}, "source": "L1:36"}, {"when": "soldier_kind = 'senior_nco' AND service_months >= 360", "value": "retired", "because": {"zh": "\\u4e2d\\u7ea7\\u4ee5\\u4e0a\\u519b\\u58eb\\uff0c\\u670d\\u5f79\\u6ee1 30 \\u5e74\\uff0c\\u9000\\u4f11\\u5b89\\u7f6e\\u3002", "en": "An intermediate or senior NCO with 30 years of service retires."}, "source": "L1:36"}, {"when": "soldier_kind = 'senior_nco' AND disability_cause IN ('war', 'duty') AND disability_grade BETWEEN 1 AND 6", "value": "retired", "because": {"zh": "\\u4e2d\\u7ea7\\u4ee5\\u4e0a\\u519b\\u58eb\\uff0c\\u56e0\\u6218\\u56e0\\u516c\\u6b8b\\u75be 1 \\u5230 6 \\u7ea7\\uff0c\\u9000\\u4f11\\u5b89\\u7f6e\\u3002", "en": "An intermediate or senior NCO disabled in action or on duty, grade 1 to 6, retires."}, "source": "L1:36"}, {"when": "soldier_kind = 'senior_nco' AND medically_unfit", "value": "retired", "because": {"zh": "\\u4e2d\\u7ea7\\u4ee5\\u4e0a\\u519b\\u58eb\\uff0c\\u91cd\\u75c5\\u9274\\u5b9a\\u4e0d\\u80fd\\u5de5\\u4f5c\\uff0c\\u9000\\u4f11\\u5b89\\u7f6e\\u3002", "en": "An intermediate or senior NCO certified unfit for work retires."}, "source": "L1:36"}, {"when": "soldier_kind <> 'officer' AND placement_wish = 'self_employed'", "value": "self_employed", "because": {"zh": "\\u60a8\\u9009\\u4e86\\u81ea\\u4e3b\\u5c31\\u4e1a\\u3002\\u591f\\u522b\\u7684\\u6761\\u4ef6\\uff0c\\u4e5f\\u53ef\\u4ee5\\u8fd9\\u6837\\u9009\\u3002", "en": "You chose self-employment; the law lets you, even with other rights."}, "source": "L1:20"}, {"when": "soldier_kind IN ('junior_nco', 'senior_nco') AND monthly_pension_confirmed AND placement_wish <> 'assigned_work'", "value": "monthly_pension", "because": {"zh": "\\u90e8\\u961f\\u786e\\u8ba4\\u4e86\\uff0c\\u9010\\u6708\\u9886\\u53d6\\u9000\\u5f79\\u91d1\\u3002", "en": "The army has confirmed a monthly pension."}, "source": "L1:18"}, {"when": "soldier_kind IN ('junior_nco', 'senior_nco') AND monthly_pension_confirmed AND placement_wish = 'assigned_work' AND assignment_bar = 'none'", "value": "assigned_work", "because": {"zh": "\\u60a8\\u653e\\u5f03\\u9010\\u6708\\u9000\\u5f79\\u91d1\\uff0c\\u9009\\u4e86\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "You gave up the monthly pension for assigned work."}, "source": "L1:25"}, {"when": "soldier_kind IN ('junior_nco', 'senior_nco') AND service_months >= 144 AND assignment_bar = 'none'", "value": "assigned_work", "because": {"zh": "\\u519b\\u58eb\\u670d\\u5f79\\u6ee1 12 \\u5e74\\uff0c\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "An NCO with 12 years of service has work assigned."}, "source": "L1:25"}, {"when": "soldier_kind <> 'officer' AND highest_merit IN ('honour_title', 'commendation_1', 'war_merit_1', 'war_merit_2', 'war_merit_3', 'merit_1', 'merit_2') AND assignment_bar = 'none'", "value": "assigned_work", "because": {"zh": "\\u7acb\\u8fc7\\u5927\\u529f\\u6216\\u8005\\u5f97\\u8fc7\\u8363\\u8a89\\u79f0\\u53f7\\u3001\\u4e00\\u7ea7\\u8868\\u5f70\\uff0c\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "High merit, an honour or a first-level commendation: work is assigned."}, "source": "L1:25"}, {"when": "soldier_kind <> 'officer' AND disability_cause = 'war' AND disability_grade BETWEEN 5 AND 8 AND assignment_bar = 'none'", "value": "assigned_work", "because": {"zh": "\\u56e0\\u6218\\u6b8b\\u75be 5 \\u5230 8 \\u7ea7\\uff0c\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "Disabled in action, grade 5 to 8: work is assigned."}, "source": "L1:25"}, {"when": "soldier_kind <> 'officer' AND martyr_child AND assignment_bar = 'none'", "value": "assigned_work", "because": {"zh": "\\u60a8\\u662f\\u70c8\\u58eb\\u7684\\u5b50\\u5973\\uff0c\\u7531\\u653f\\u5e9c\\u5b89\\u6392\\u5de5\\u4f5c\\u3002", "en": "As a martyr's child you have work assigned."}, "source": "L1:25"}, {"when": "soldier_kind <> 'officer'", "value": "self_employed", "because": {"zh": "\\u4e0a\\u9762\\u51e0\\u79cd\\u90fd\\u4e0d\\u662f\\uff0c\\u5c31\\u662f\\u81ea\\u4e3b\\u5c31\\u4e1a\\u3002", "en": "None of the other types applies, so it is self-employment."}, "source": "L1:20"}]}}, "parameters": {"lump_sum_uplift_merit_3": {"title": {"zh": "\\u4e00\\u6b21\\u6027\\u9000\\u5f79\\u91d1\\u589e\\u53d1\\u6bd4\\u4f8b\\uff1a\\u4e09\\u7b49\\u529f\\u3001\\u56db\\u7b49\\u6218\\u529f", "en": "Uplift of the lump sum: merit third class, war merit fourth class"}, "unit": "percent", "values": [{"from": "2024-09-01", "value": 5, "source": "L1:22", "basis": "law"}]}, "lump_sum_uplift_merit_2": {"title": {"zh": "\\u4e00\\u6b21\\u6027\\u9000\\u5f79\\u91d1\\u589e\\u53d1\\u6bd4\\u4f8b\\uff1a\\u4e8c\\u7b49\\u529f\\u3001\\u4e09\\u7b49\\u6218\\u529f", "en": "Uplift of the lump sum: merit second class, war merit third class"}, "unit": "percent", "values": [{"from": "2024-09-01", "value": 10, "source": "L1:22", "basis": "law"}]}, "lump_sum_uplift_merit_1": {"title": {"zh": "\\u4e00\\u6b21\\u6027\\u9000\\u5f79\\u91d1\\u589e\\u53d1\\u6bd4\\u4f8b\\uff1a\\u4e00\\u7b49\\u529f\\u3001\\u4e8c\\u7b49\\u6218\\u529f\\u3001\\u4e8c\\u7ea7\\u8868\\u5f70\\uff08\\u7ecf\\u6279\\u51c6\\uff09", "en": "Uplift of the lump sum: merit first class, war merit second class, approved second-level commendation"}, "unit": "percent", "values": [{"from": "2024-09-01", "value": 15, "source": "L1:22", "basis": "law"}]}, "lump_sum_uplift_war_merit_1": {"title": {"zh": "\\u4e00\\u6b21\\u6027\\u9000\\u5f79\\u91d1\\u589e\\u53d1\\u6bd4\\u4f8b\\uff1a\\u4e00\\u7b49\\u6218\\u529f\\u3001\\u4e00\\u7ea7\\u8868\\u5f70", "en": "Uplift of the lump sum: war merit first class, first-level commendation"}, "unit": "percent", "values": [{"from": "2024-09-01", "value": 20, "source": "L1:22", "basis": "law"}]}, "lump_sum_uplift_honour": {"title": {"zh": "\\u4e00\\u6b21\\u6027\\u9000\\u5f79\\u91d1\\u589e\\u53d1\\u6bd4\\u4f8b\\uff1a\\u52cb\\u7ae0\\u3001\\u8363\\u8a89\\u79f0\\u53f7", "en": "Uplift of the lump sum: order or title of honour"}, "unit": "percent", "values": [{"from": "2024-09-01", "value": 25, "source": "L1:22", "basis": "law"}]}, "local_grant_per_year_conscript": {"title": {"zh": "\\u5730\\u65b9\\u4e00\\u6b21\\u6027\\u7ecf\\u6d4e\\u8865\\u52a9\\uff1a\\u4e49\\u52a1\\u5175\\u6bcf\\u670d\\u5f79\\u4e00\\u5e74", "en": "Local one-off grant: conscripts, per year of service"}, "unit": "fen", "values": [{"from": "2020-01-01", "region": "420100000000", "value": 450000, "source": "F37", "basis": "published"}]}}, "notices": {"submitted": {"sms": {"zh": "\\u6536\\u5230\\u4e86\\uff0c\\u7f16\\u53f7{case_number}\\u3002\\u6700\\u665a{due}\\u529e\\u597d\\uff0c\\u6709\\u8981\\u60a8\\u505a\\u7684\\u4f1a\\u53d1\\u77ed\\u4fe1\\u3002", "en": "Received, no. {case_number}. Done by {due} at the latest. If you are needed, we text you."}, "in_app": {"zh": "\\u6536\\u5230\\u4e86\\uff0c\\u7f16\\u53f7 {case_number}\\u3002\\u5404\\u90e8\\u95e8\\u5df2\\u7ecf\\u540c\\u65f6\\u5f00\\u59cb\\u529e\\uff0c\\u6700\\u665a {due} \\u5168\\u90e8\\u529e\\u597d\\u3002\\u7b49\\u90e8\\u961f\\u6c47\\u6b3e\\u7684\\u65e5\\u5b50\\u3001\\u60a8\\u8865\\u6750\\u6599\\u7684\\u65e5\\u5b50\\u4e0d\\u7b97\\u5728\\u5185\\u3002", "en": "Received, no. {case_number}. All departments have started; everything is done by {due} at the latest, not counting days spent waiting for the army or for you."}, "email": {"subject": {"zh": "\\u6536\\u5230\\u4e86\\uff1a{case_number}\\uff0c\\u6700\\u665a {due} \\u529e\\u597d", "en": "Received: {case_number}, done by {due}"}, "body": {"zh": "\\u60a8\\u597d\\u3002\\n\\n\\u60a8\\u7684\\u9000\\u5f79\\u201c\\u4e00\\u4ef6\\u4e8b\\u201d\\u5df2\\u7ecf\\u6536\\u5230\\uff0c\\u7f16\\u53f7 {case_number}\\u3002\\n\\u6700\\u665a {due} \\u5168\\u90e8\\u529e\\u597d\\u3002\\u7b49\\u90e8\\u961f\\u6c47\\u6b3e\\u7684\\u65e5\\u5b50\\u3001\\u60a8\\u8865\\u6750\\u6599\\u7684\\u65e5\\u5b50\\u4e0d\\u7b97\\u5728\\u5185\\u3002\\n\\n\\u529e\\u5230\\u54ea\\u4e00\\u6b65\\uff0c\\u5728\\u8fd9\\u91cc\\u770b\\uff1a{link}\\n\\u6709\\u8981\\u60a8\\u505a\\u7684\\u4e8b\\uff0c\\u4f1a\\u53d1\\u77ed\\u4fe1\\u544a\\u8bc9\\u60a8\\u3002\\u6ca1\\u6709\\u77ed\\u4fe1\\uff0c\\u5c31\\u4e0d\\u7528\\u7ba1\\u3002\\n", "en": "Hello.\\n\\nYour application has been received, no. {case_number}.\\nEverything is done by {due} at the latest, not counting days spent waiting for the army or for you.\\n\\nSee how far it is: {link}\\nIf there is something for you to do, we send a text message. No message, nothing to do.\\n"}}}, "correction_needed": {"sms": {"zh": "{matter}\\u8981\\u8865\\u4e00\\u6837\\uff1a{what}\\u3002\\u8bf7\\u5728{due}\\u524d\\u8865\\uff0c\\u522b\\u7684\\u4e0d\\u7528\\u91cd\\u4ea4\\u3002", "en": "{matter}: please send {what} by {due}. Nothing else is needed again."}, "in_app": {"zh": "{matter}\\uff1a{what}\\u3002\\u8bf7\\u5728 {due} \\u524d\\u8865\\u4e0a\\u3002\\u522b\\u7684\\u4e0d\\u7528\\u91cd\\u4ea4\\uff0c\\u522b\\u7684\\u4e8b\\u7167\\u5e38\\u5728\\u529e\\u3002", "en": "{matter}: {what}. Please send it by {due}. Nothing else is needed again, and the other matters go on."}, "email": {"subject": {"zh": "\\u8981\\u8865\\u4e00\\u6837\\uff1a{matter}", "en": "One thing to add: {matter}"}, "body": {"zh": "\\u60a8\\u597d\\u3002\\n\\n\\u529e\\u4ef6 {case_number} \\u91cc\\u7684\\u201c{matter}\\u201d\\u8981\\u8865\\u4e00\\u6837\\uff1a{what}\\u3002\\n\\u8bf7\\u5728 {due} \\u524d\\u8865\\u4e0a\\uff0c\\u5728\\u8fd9\\u91cc\\u8865\\uff1a{link}\\n\\n\\u522b\\u7684\\u4e0d\\u7528\\u91cd\\u4ea4\\uff0c\\u522b\\u7684\\u4e8b\\u7167\\u5e38\\u5728\\u529e\\u3002\\u60a8\\u8865\\u7684\\u8fd9\\u51e0\\u5929\\uff0c\\u4e0d\\u7b97\\u8fdb\\u90e8\\u95e8\\u7684\\u65f6\\u95f4\\u3002\\n\\u4e0d\\u4f1a\\u5f04\\uff0c\\u5c31\\u5230\\u670d\\u52a1\\u7ad9\\uff0c\\u6216\\u8005\\u6253\\u7535\\u8bdd\\uff0c\\u6211\\u4eec\\u5e2e\\u60a8\\u8865\\u3002\\n", "en": "Hello.\\n\\nIn case {case_number}, \\u201c{matter}\\u201d needs one thing: {what}.\\nPlease add it by {due}, here: {link}\\n\\nNothing else is needed again, and the other matters go on. These days do not count against you.\\nIf you would rather have help, go to a service station or ring us.\\n"}}}, "task_refused": {"sms": {"zh": "{matter}\\u6ca1\\u6709\\u6279\\u51c6\\uff1a{what}\\u3002\\u522b\\u7684\\u4e8b\\u7167\\u5e38\\u529e\\u3002\\u4e0d\\u540c\\u610f\\u53ef\\u4ee5\\u7533\\u8bc9\\uff0c\\u89c1\\u7ed3\\u679c\\u5355\\u3002", "en": "{matter} was not approved: {what}. The other matters go on. How to object is on the slip."}, "in_app": {"zh": "{matter}\\u6ca1\\u6709\\u6279\\u51c6\\uff0c\\u56e0\\u4e3a{what}\\u3002\\u522b\\u7684\\u4e8b\\u7167\\u5e38\\u529e\\u3002\\u60a8\\u4e0d\\u540c\\u610f\\uff0c{due} \\u524d\\u53ef\\u4ee5\\u7533\\u8bc9\\u3002", "en": "{matter} was not approved because {what}. The other matters go on. You can object until {due}."}, "email": {"subject": {"zh": "{matter}\\u6ca1\\u6709\\u6279\\u51c6", "en": "{matter} was not approved"}, "body": {"zh": "\\u60a8\\u597d\\u3002\\n\\n\\u529e\\u4ef6 {case_number} \\u91cc\\u7684\\u201c{matter}\\u201d\\u6ca1\\u6709\\u6279\\u51c6\\uff0c\\u56e0\\u4e3a{what}\\u3002\\n\\u522b\\u7684\\u4e8b\\u7167\\u5e38\\u529e\\uff0c\\u4e0d\\u53d7\\u5f71\\u54cd\\uff1b\\u8981\\u7b49\\u8fd9\\u4e00\\u4ef6\\u7684\\uff0c\\u4f1a\\u5355\\u72ec\\u544a\\u8bc9\\u60a8\\u3002\\n\\n\\u60a8\\u4e0d\\u540c\\u610f\\uff0c{due} \\u524d\\u53ef\\u4ee5\\u7533\\u8bc9\\u3002\\u600e\\u4e48\\u7533\\u8bc9\\u3001\\u5411\\u8c01\\u7533\\u8bc9\\uff0c\\u5728\\u8fd9\\u91cc\\uff1a{link}\\n\\u4e5f\\u53ef\\u4ee5\\u8bf7\\u4eba\\u518d\\u770b\\u4e00\\u904d\\u3002\\n", "en": "Hello.\\n\\nIn case {case_number}, \\u201c{matter}\\u201d was not approved because {what}.\\nThe other matters go on; you are told separately of any that waited for this one.\\n\\nYou can object until {due}. How, and to whom: {link}\\nYou may also ask a person to look at it again.\\n"}}}, "paper_overdue": {"sms": {"zh": "\\u8bf4\\u597d\\u540e\\u8865\\u7684{what}\\u8fd8\\u6ca1\\u6536\\u5230\\u3002\\u8bf7\\u5728{due}\\u524d\\u8865\\uff0c\\u4e0d\\u7136{matter}\\u529e\\u4e0d\\u4e0b\\u53bb\\u3002", "en": "{what}, promised for later, has not come. Please add it by {due}, or {matter} cannot go on."}, "in_app": {"zh": "\\u60a8\\u8bf4\\u597d\\u540e\\u8865\\u7684{what}\\u8fd8\\u6ca1\\u6536\\u5230\\u3002\\u8bf7\\u5728 {due} \\u524d\\u8865\\u4e0a\\u3002\\u90e8\\u961f\\u8fd8\\u6ca1\\u53d1\\u7684\\uff0c\\u70b9\\u201c\\u8fd8\\u6ca1\\u53d1\\u201d\\uff0c\\u6211\\u4eec\\u53bb\\u95ee\\u3002", "en": "{what}, which you were to add later, has not come. Please add it by {due}. If the army has not issued it, say so and we ask them."}, "email": {"subject": {"zh": "\\u8fd8\\u5dee\\u4e00\\u4efd\\uff1a{what}", "en": "Still missing: {what}"}, "body": {"zh": "\\u60a8\\u597d\\u3002\\n\\n\\u529e\\u4ef6 {case_number} \\u91cc\\u7684\\u201c{matter}\\u201d\\u5148\\u66ff\\u60a8\\u529e\\u4e86\\uff0c\\u8bf4\\u597d\\u540e\\u8865{what}\\uff0c\\u73b0\\u5728\\u8fd8\\u6ca1\\u6536\\u5230\\u3002\\n\\u8bf7\\u5728 {due} \\u524d\\u8865\\u4e0a\\uff0c\\u5728\\u8fd9\\u91cc\\u8865\\uff1a{link}\\n\\n\\u90e8\\u961f\\u8fd8\\u6ca1\\u53d1\\u7ed9\\u60a8\\u7684\\uff0c\\u4e5f\\u5728\\u90a3\\u91cc\\u544a\\u8bc9\\u6211\\u4eec\\uff0c\\u6211\\u4eec\\u53bb\\u95ee\\u3002\\n", "en": "Hello.\\n\\nIn case {case_number}, \\u201c{matter}\\u201d was begun with {what} to follow. It has not come yet.\\nPlease add it by {due}, here: {link}\\n\\nIf the army has not issued it to you, tell us there and we ask them.\\n"}}}, "settled": {"sms": {"zh": "{case_number}\\u90fd\\u6709\\u7ed3\\u679c\\u4e86\\u3002\\u7ed3\\u679c\\u5355\\u5728\\u8fd9\\u91cc\\uff0c\\u53ef\\u4ee5\\u4e0b\\u8f7d\\u548c\\u6253\\u5370\\uff1a{link}", "en": "{case_number}: every matter has its outcome. Your result slip: {link}"}, "in_app": {"zh": "{case_number} \\u90fd\\u6709\\u7ed3\\u679c\\u4e86\\u3002\\u6bcf\\u4ef6\\u4e8b\\u7684\\u7ed3\\u679c\\u3001\\u8bc1\\u7167\\u600e\\u4e48\\u9886\\u3001\\u4e0d\\u540c\\u610f\\u600e\\u4e48\\u529e\\uff0c\\u90fd\\u5728\\u7ed3\\u679c\\u5355\\u4e0a\\u3002", "en": "{case_number}: every matter has its outcome. Results, how to get cards, and how to object are on the slip."}, "email": {"subject": {"zh": "\\u7ed3\\u679c\\u5355\\uff1a{case_number}", "en": "Result slip: {case_number}"}, "body": {"zh": "\\u60a8\\u597d\\u3002\\n\\n\\u529e\\u4ef6 {case_number} \\u91cc\\u7684\\u6bcf\\u4ef6\\u4e8b\\u90fd\\u6709\\u7ed3\\u679c\\u4e86\\u3002\\n\\u7ed3\\u679c\\u5355\\u5728\\u8fd9\\u91cc\\uff1a{link}\\n\\n\\u4e0a\\u9762\\u5199\\u7740\\u6bcf\\u4ef6\\u4e8b\\u7684\\u7ed3\\u679c\\u3001\\u8bc1\\u7167\\u600e\\u4e48\\u9886\\u3001\\u54ea\\u4e00\\u4ef6\\u4e0d\\u540c\\u610f\\u53ef\\u4ee5\\u600e\\u4e48\\u529e\\u3001\\u5230\\u54ea\\u5929\\u4e3a\\u6b62\\u3002\\n\\u7ed3\\u679c\\u5355\\u6709\\u7535\\u5b50\\u7b7e\\u7ae0\\uff0c\\u626b\\u4e0a\\u9762\\u7684\\u7801\\u53ef\\u4ee5\\u67e5\\u771f\\u5047\\u3002\\n", "en": "Hello.\\n\\nEvery matter in case {case_number} has its outcome.\\nYour result slip: {link}\\n\\nIt says how each matter ended, how you receive cards and papers, and how and until when you can object.\\nIt is signed; its code lets anybody check that it is genuine.\\n"}}}, "reminder_report_due": {"sms": {"zh": "\\u8bf7\\u5728{due}\\u524d\\u62a5\\u5230\\uff0c\\u624b\\u673a\\u4e0a\\u5c31\\u80fd\\u529e\\uff1a{link}\\u3002\\u4e0d\\u4f1a\\u5f04\\u5c31\\u5230\\u670d\\u52a1\\u7ad9\\uff0c\\u6709\\u4eba\\u5e2e\\u60a8\\u3002", "en": "Please report by {due}; your phone will do: {link}. Or go to a service station, where you are helped."}, "in_app": {"zh": "{due} \\u524d\\u8981\\u62a5\\u5230\\u3002\\u8fc7\\u4e86\\u8fd9\\u5929\\u518d\\u665a 30 \\u5929\\uff0c\\u53ef\\u80fd\\u9886\\u4e0d\\u5230\\u5b89\\u7f6e\\u5f85\\u9047\\u3002\\u624b\\u673a\\u4e0a\\u5c31\\u80fd\\u62a5\\u5230\\u3002", "en": "Please report by {due}. More than 30 days after that, placement benefits may be lost. Your phone will do."}, "email": {"subject": {"zh": "\\u8bf7\\u5728 {due} \\u524d\\u62a5\\u5230", "en": "Please report by {due}"}, "body": {"zh": "\\u60a8\\u597d\\u3002\\n\\n\\u81ea\\u4e3b\\u5c31\\u4e1a\\u7684\\u4eba\\uff0c\\u9000\\u5f79\\u540e 30 \\u5929\\u5185\\u8981\\u5230\\u5b89\\u7f6e\\u5730\\u9000\\u5f79\\u519b\\u4eba\\u5c40\\u62a5\\u5230\\u3002\\u60a8\\u7684\\u6700\\u540e\\u4e00\\u5929\\u662f {due}\\u3002\\n\\u8fc7\\u4e86\\u8fd9\\u5929\\u518d\\u665a 30 \\u5929\\uff0c\\u6ca1\\u6709\\u6b63\\u5f53\\u7406\\u7531\\uff0c\\u5c31\\u5f53\\u4f5c\\u653e\\u5f03\\u5b89\\u7f6e\\u5f85\\u9047\\u3002\\n\\n\\u624b\\u673a\\u4e0a\\u5c31\\u80fd\\u62a5\\u5230\\uff1a{link}\\n\\u4e0d\\u4f1a\\u5f04\\u5c31\\u5230\\u6700\\u8fd1\\u7684\\u670d\\u52a1\\u7ad9\\uff0c\\u6709\\u4eba\\u5e2e\\u60a8\\u3002\\u5df2\\u7ecf\\u62a5\\u5230\\u7684\\uff0c\\u4e0d\\u7528\\u7ba1\\u8fd9\\u5c01\\u4fe1\\u3002\\n", "en": "Hello.\\n\\nThose going self-employed report to Veterans Affairs within 30 days of discharge. Your last day is {due}.\\nMore than 30 days after that, without good reason, counts as giving up placement benefits.\\n\\nYou can report on your phone: {link}\\nOr go to the nearest service station, where you are helped. If you have reported, ignore this letter.\\n"}}}}}	2026-09-09 02:00:00+00
\.


--
-- Data for Name: correspondence_document; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.correspondence_document (id, number, kind, case_id, region, masked_name, issuer, release, digest, check_code, summary, storage_key, size, issued_at, person_id) FROM stdin;
\.


--
-- Data for Name: correspondence_notice; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.correspondence_notice (id, case_id, region, channel, kind, once, sealed, state, reason, message_id, at, delivered_at, read_at, person_id) FROM stdin;
\.


--
-- Data for Name: django_content_type; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_content_type (id, app_label, model) FROM stdin;
1	contenttypes	contenttype
2	auth	permission
3	auth	group
4	sessions	session
5	procrastinate	procrastinateevent
6	procrastinate	procrastinatejob
7	procrastinate	procrastinateperiodicdefer
8	procrastinate	procrastinateworker
9	journal	entry
10	journal	seal
11	outgoing	message
12	ui	preference
13	registry	person
14	registry	personkey
15	registry	region
16	registry	organisation
17	registry	knownfact
18	identity	account
19	identity	post
20	identity	apikey
21	identity	signincode
22	identity	throttle
23	catalogue	release
24	correspondence	document
25	correspondence	notice
26	exchange	department
27	exchange	order
28	exchange	attempt
29	exchange	reply
30	cases	case
31	cases	draft
32	cases	papertocome
33	cases	task
34	cases	pause
35	cases	correction
36	cases	upload
\.


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_migrations (id, app, name, applied) FROM stdin;
1	contenttypes	0001_initial	2026-11-22 10:26:48.299596+00
2	contenttypes	0002_remove_content_type_name	2026-11-22 10:26:48.320744+00
3	auth	0001_initial	2026-11-22 10:26:48.414898+00
4	auth	0002_alter_permission_name_max_length	2026-11-22 10:26:48.434217+00
5	auth	0003_alter_user_email_max_length	2026-11-22 10:26:48.451805+00
6	auth	0004_alter_user_username_opts	2026-11-22 10:26:48.473469+00
7	auth	0005_alter_user_last_login_null	2026-11-22 10:26:48.48788+00
8	auth	0006_require_contenttypes_0002	2026-11-22 10:26:48.494834+00
9	auth	0007_alter_validators_add_error_messages	2026-11-22 10:26:48.504333+00
10	auth	0008_alter_user_username_max_length	2026-11-22 10:26:48.519233+00
11	auth	0009_alter_user_last_name_max_length	2026-11-22 10:26:48.562514+00
12	auth	0010_alter_group_name_max_length	2026-11-22 10:26:48.731537+00
13	auth	0011_update_proxy_permissions	2026-11-22 10:26:48.738246+00
14	auth	0012_alter_user_first_name_max_length	2026-11-22 10:26:48.755948+00
15	catalogue	0001_initial	2026-11-22 10:26:48.782275+00
16	cases	0001_initial	2026-11-22 10:26:50.524856+00
17	registry	0001_initial	2026-11-22 10:26:51.473204+00
18	correspondence	0001_initial	2026-11-22 10:26:51.624865+00
19	exchange	0001_initial	2026-11-22 10:26:51.983148+00
20	identity	0001_initial	2026-11-22 10:26:52.417046+00
21	journal	0001_initial	2026-11-22 10:26:52.439735+00
22	outgoing	0001_initial	2026-11-22 10:26:52.507808+00
23	procrastinate	0001_initial	2026-11-22 10:26:52.545006+00
24	procrastinate	0002_drop_started_at_column	2026-11-22 10:26:52.555835+00
25	procrastinate	0003_drop_started_at_column	2026-11-22 10:26:52.577626+00
26	procrastinate	0004_drop_procrastinate_version_table	2026-11-22 10:26:52.606307+00
27	procrastinate	0005_fix_procrastinate_fetch_job	2026-11-22 10:26:52.647536+00
28	procrastinate	0006_fix_trigger_status_events_insert	2026-11-22 10:26:52.666634+00
29	procrastinate	0007_add_queueing_lock_column	2026-11-22 10:26:52.684923+00
30	procrastinate	0008_close_fetch_job_race_condition	2026-11-22 10:26:52.697117+00
31	procrastinate	0009_add_defer_job_function	2026-11-22 10:26:52.709855+00
32	procrastinate	0010_add_procrastinate_periodic_defers	2026-11-22 10:26:52.729346+00
33	procrastinate	0011_add_foreign_key_index	2026-11-22 10:26:52.749438+00
34	procrastinate	0012_add_locks_to_periodic_defer	2026-11-22 10:26:52.781916+00
35	procrastinate	0013_fix_procrastinate_defer_periodic_job	2026-11-22 10:26:52.796391+00
36	procrastinate	0014_add_finish_job_and_retry_job_functions	2026-11-22 10:26:52.832196+00
37	procrastinate	0015_add_trigger_on_job_deletion	2026-11-22 10:26:52.857874+00
38	procrastinate	0016_delete_finished_jobs	2026-11-22 10:26:52.865272+00
39	procrastinate	0017_add_checks_to_finish_job	2026-11-22 10:26:52.879208+00
40	procrastinate	0018_add_checks_to_retry_job	2026-11-22 10:26:52.89319+00
41	procrastinate	0019_fix_finish_job_compat_issue	2026-11-22 10:26:52.90939+00
42	procrastinate	0020_add_index_on_procrastinate_jobs	2026-11-22 10:26:52.925193+00
43	procrastinate	0021_add_kwargs_to_defer_periodic_job	2026-11-22 10:26:52.949422+00
44	procrastinate	0022_null_locks_excluded	2026-11-22 10:26:52.959451+00
45	procrastinate	0023_remove_old_finish_job_function	2026-11-22 10:26:52.974201+00
46	procrastinate	0024_job_id_bigint	2026-11-22 10:26:52.997024+00
47	procrastinate	0025_add_models	2026-11-22 10:26:53.07053+00
48	procrastinate	0026_add_job_priority	2026-11-22 10:26:53.091262+00
49	procrastinate	0027_add_periodic_job_priority	2026-11-22 10:26:53.098606+00
50	procrastinate	0028_add_cancel_states	2026-11-22 10:26:53.123622+00
51	procrastinate	0029_add_additional_params_to_retry_job	2026-11-22 10:26:53.135365+00
52	procrastinate	0030_alter_procrastinateevent_options	2026-11-22 10:26:53.14318+00
53	procrastinate	0031_add_indexes_for_fetch_job	2026-11-22 10:26:53.15547+00
54	procrastinate	0032_pre_cancel_notification	2026-11-22 10:26:53.181774+00
55	procrastinate	0033_post_cancel_notification	2026-11-22 10:26:53.209669+00
56	procrastinate	0034_pre_add_heartbeat	2026-11-22 10:26:53.227266+00
57	procrastinate	0035_post_add_heartbeat	2026-11-22 10:26:53.242658+00
58	procrastinate	0036_add_worker_model	2026-11-22 10:26:53.257962+00
59	procrastinate	0037_pre_batch_defer_jobs	2026-11-22 10:26:53.268684+00
60	procrastinate	0038_post_batch_defer_jobs	2026-11-22 10:26:53.278135+00
61	procrastinate	0039_pre_priority_lock_fetch_job	2026-11-22 10:26:53.289757+00
62	procrastinate	0040_pre_retry_failed_job	2026-11-22 10:26:53.297493+00
63	procrastinate	0041_post_retry_failed_job	2026-11-22 10:26:53.307388+00
64	sessions	0001_initial	2026-11-22 10:26:53.337172+00
65	ui	0001_initial	2026-11-22 10:26:53.355961+00
\.


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.django_session (session_key, session_data, expire_date) FROM stdin;
\.


--
-- Data for Name: exchange_attempt; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.exchange_attempt (id, round, number, started_at, finished_at, outcome, status, words, order_id) FROM stdin;
\.


--
-- Data for Name: exchange_department; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.exchange_department (id, code, region, title, title_en, organisation, connector, address, public_key, key_version, is_open, owner, repeat_after, tell_after) FROM stdin;
8160ed6d-f31a-4f94-9a5d-e0c33fbc518f	veterans_affairs	990123000000	veterans_affairs			desk			1	t	supervisor:990123000000	\N	1 day
6d6f5c8c-d702-46d3-9979-f712983fbf1c	police	990123000000	police			desk			1	t	supervisor:990123000000	\N	1 day
c10a43a8-19a1-4f58-9bfc-eb5693074ba9	armed_forces	990123000000	armed_forces			desk			1	t	supervisor:990123000000	\N	1 day
cef3c3e5-1acc-4268-94f6-edc905ba17c6	human_resources	990123000000	human_resources			desk			1	t	supervisor:990123000000	\N	1 day
67d906b8-051d-44d5-bae8-e28d65da1a81	social_insurance	990123000000	social_insurance			desk			1	t	supervisor:990123000000	\N	1 day
91a55ad9-ea5f-46b9-b340-d7062c9eb9c5	medical_insurance	990123000000	medical_insurance			desk			1	t	supervisor:990123000000	\N	1 day
3da9e9d6-7193-4c88-ad8b-8b6edd638a2f	party_organisation	990123000000	party_organisation			desk			1	t	supervisor:990123000000	\N	1 day
\.


--
-- Data for Name: exchange_order; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.exchange_order (id, task_id, case_id, case_number, person_id, matter, title, department, region, organisation, round, sealed, due, state, attempts, tries_left, next_attempt_at, claimed_at, receipt, sent_at, acknowledged_at, answered_at, owner, tell_by, told_at, created_at, port_id) FROM stdin;
7246e5ec-3b89-41ad-a0b4-8b99ed903648	74933ed4-593f-46a1-a7d6-489adcb7ed5b	feaccb14-82e2-4d6b-b0db-d4087e904027	TY20260909000001	6b12611d-ba06-482b-86bf-4910a08229a5	report_in	退役报到	veterans_affairs	990123000000		1	\\x0192968ba51b17615d2acccbe7e42411bda08bcc329a7c1f29b3a8b2602b9c908809887e82948096eb24697de01fa253c105f54620461dfe13c143af8728a233ae729efaf31fa85e527dff1eb7374d19b8251c921215032dcb9af4c4259028578281b76d2c7c7ca398df8150d100109952fb011b899f8a587970bcf76b4e00da2ff40f24168bb24159a81d8b966beec09a0e64c64bcb53bbfdb55e244ea95d73ce72b428195b6c81755003b182fc2752680e67f7cd888d1f18079f31883b838db4f02a201434c3f92506855e94fe3722eae957071b147ed087be1cbd21e19dd8c6ce8a88b6a552feb498b70cb57b59402fa8d50bb39ede0aece547770baa614f92f51d028f0549d1005b2355152ca369a1d5d23de8a99efbb9e11692dbdbbed73a23e1df50b4931e984f092da5a1a23bcc4d268557fdfb532ddf3ad76ceb2c81efad1021d5d444d50f71ca646e12921dfc6d3de32bf9ea7bcf5ef0abb55ccaea073ce8e372b03935d49275026ce8f12ebc83e3ec36724da42a1b98e765e6f4375370e7185aec31c9d9bea92031e64bb8962ecd165e690edd801371ac7ceeb71700457abbc74c9e9d77db119869340d2a9c974b46249facf70de44030af2f9eeff919bdd4d939de0105dec07a8e1ab9ad0da03ac08ddbcf60a5e86b086286c394f8aa79925b0c52fa64b7534f166e4224181340a7a0866e9d47b43086a314014dbd486507426fdf0d3d08fbaa952f5eb31c3dfe5826ad2b820b7c8625453bb324d313f22b00728f518e724f96669e200263fdbe956dbeedebfc385c92f9d669f27368adb00f3781160540c59a39a179a16313a7ce1fb687a4df142d4448f55e53d52e591e420509f0f2b9982727e9cb18a01266b48bdfaa1495675d21e199bd8c20b221748db956acfb26151d4a2480e4dc3801faf6138221b475f7f4e1c4a79a381f24ec59d5dade67423176484d4f99c775dea43e4073fc3c53c77eaeae965e29ff4bfa9cefdcae9e7aeece70cab5be0c3a43b4d22f6b848d700b92d4f1d139fedf62c41ce6df54b95bec2b4f9cfaa29fd853ac03cb773abc5b26cc580e81535091c92a9bbc9817b92d00d2696a265bca6827b8d1d378bd83bc1aff65aca2ac4290e0523c8a17baa80b23a7c2aa862ccd16150f02ecd2b3f2c6da48be92979723af206ab988a07ef4f455cf7d21d61d5d8fb97a4e5924fc23f8697c949e1a18be65fdffe0aa1d2c96232db56eba26a0686f42cca4bfb114fd4d4900b187859f394cde369b94280af3b1df6fa4006596094d53dc07fb155d1eea18eb949ab09856254d125a0171220aa4f2ea0271a37e578d45dc3d43c88749b890ef6cf2fcc7cdc4b691b950711f7b5b4f62ee1eaa0d5b50d6020a7aec96537652fc84c8d82ea3a8ea313191c90e0aab809729827341937a3721d4d20e89c68f6e5a5f1da82904975079b1be517443edcec4419eab0de213e7fbadd83b1f03e667643e97fa7d1bfd8f6beb76fa53f64320de4e7eb33efc6b3fb34acae22289e3146114d8174f0bdadc9a944889777b0e608aec2ebe794d0ca1d9f224686f278923f8ad0def518046e877b2a53c60b1eee7df584d56f9499dc59783950d4c0e929209b5487088336c42bf2eb35cb692c18242c39cd0c07479dcec2f319dbe2c0b5c6bf656e961c1e944ad5b7e3bf16cd5dc8689c983bdb65704b1eeb36baf2e9a381556799789f482f493c405b1d1daba60f763dbd46afc80b07cfee5482bf2a2b47b60c9afab1ad4e2c30f0cc7458b8c200be0ff0c702b4b0035b7c8d4bac7293a62b8c0157128de5c1db73ff54cfbe90f32ed51e05a5a761a36cb5e557f5b47937b3d6d7a8e163291a81e51a20fc1f125a861ef4daf50536f1dc6b5dbd3a4f1a2d9dd8f8e2ff7f9f676d052b76af2644e6b0c13bb9af82c2e40466cb5a9b6d83aa7c72b42a8a7f53edb6c183841ce4b71af239700f421c66c698ab1d3f52c00d1b1f7281e67f3234e7303babc7285e23834c8c8ceda49b2ca6ff3270c7ca5756a0fcdd3349f62b0b148f476225f5463caef0b9cb9b10b65e2ebbd40562ad4386809435b9687ed8d4d9fd961aa5ae2afba6f7bdd327c6286fc7dc8a66f763725b6d00f1b75d6c7ef5aaad0cd5da0197d30892626c738b5af6b01a947d53c40f576a713f9479cd764af8a770563ed054d6f0eaf12d077a2687ac0d7abc3592aa048861477b0afc396d5f55eafc987a31f33d1e645862f90459b5a01ccaaaf0b91ecfe63adb2f074fc1855b2a632acea51598ebad28fa14ba1f68ec9d0123e3af4d96a0650164ecb404c0b60e618b62d8adecaa99338a0fb51b4a2a9d494b4db61196e5c	2026-09-10	sent	0	12	\N	\N	desk	2026-09-09 02:00:00+00	\N	\N	supervisor:990123000000	2026-09-10 02:00:00+00	\N	2026-09-09 02:00:00+00	8160ed6d-f31a-4f94-9a5d-e0c33fbc518f
053dfa7c-61a8-4744-a5cb-8f89a6969cf1	b44be4a0-797e-410c-b484-f0c71347ecc5	feaccb14-82e2-4d6b-b0db-d4087e904027	TY20260909000001	6b12611d-ba06-482b-86bf-4910a08229a5	social_insurance_registration	社会保险登记	social_insurance	990123000000		1	\\x019b13c5747101c80dab8badd8d6cea9c0f4a8190bb9d0978565783b378745c723b8b0162be2f0086b51d54883ce0f526016fe3c00b09e010f39bba3445c4eec11413fabc507ceabccca1984b4226b614ec751aa3774f416781795ec6b3e06051b828a3d5a5ba4e25d9607280618d07fd8f035be33ed43a78a525c81b471757fd5daaf2b03876f67efd96ff757c569e1fad09e64462a4cf7dbf56b08de0e0dc904261b9ded2c3ae9d941dd0754dd97e433603c73d927d942739847cbc14bc311d7037a54790c69b6f1f38b655a40603ea84eb2362f5b655aca22665ac4064e1cc85d0da7f339249f85e02cdb38e369a36d73bf7aa90639133f0905d1127174b2ab2ce13487d4d41581728442af01a6f362f4743d75e3307f0bf164926de22beef6fb72b0a95ba921bd66dfc2c4ddb38a66ccdf57977b4bf30c6df9e2582ff0bfe1c248ae10facc378cb6d8f539d61362151c2dda9fc72629c488c48a91e6d6747099b52de04f40a019febee4e96a0bbe7b970fadbf1cbe9dae8e4c847586758936acd2c325181ebef9d3677f1efd0645cf1fff6e4329873880128ffc3ce769ec2cddd67f4f2b1887b530435464650dbbb891877cbbdcd6f0836239aca180bc022ffe93a9e9f87d1e656a0edf4165db64a1c24e86184e3a860fccfe6930d13d86760900080846dfcc937509cfa73cecea8e4ab170fc240cf4ff8d66086dc93ff3b9747d4bdaa4a655504325858e464c764936cdf868aaf996b8f335981f55e2f1412305129d5b1e9cb8889f678506666d04f0f9d6bfda6909e6d9eed4cf	2026-09-10	sent	0	12	\N	\N	desk	2026-09-09 02:00:00+00	\N	\N	supervisor:990123000000	2026-09-10 02:00:00+00	\N	2026-09-09 02:00:00+00	67d906b8-051d-44d5-bae8-e28d65da1a81
d328bfc1-8ac3-48f9-aa52-025a6a6a116b	d71cb8d8-42a6-470d-be8c-d845fc8cb6ce	feaccb14-82e2-4d6b-b0db-d4087e904027	TY20260909000001	6b12611d-ba06-482b-86bf-4910a08229a5	membership_transfer	党（团）组织关系转接	party_organisation	990123000000		1	\\x01ac388dcde7c888ec73db578aeed0b5cf32c18b2c1dd31938a0f94afa75f07e6659628e6feb9304a190b57cf8786de03ecf60057a5bb39affbc9dbb5ed7c40929381de0b7657d7be008ad2ff9f69507c26a7b56cdecca0f5a2e7626bf534837386e2992c4f6c79070ecb98194c206729846652ba70ca1b345649194e43e4c386751c693dde21880424a41f7873e1f0178c8fe35f0270d4c35369b8ddbd2e66b8c494cf8c854fa1e4782c36c2727462b9375667d2d188f04df4ad97918add10cd0a64fa6e9f0c5c815617bd0df960ccecf36f78ed67c4d7f66f2e5f6c7fa7e6a4607d16f61f9e97cf14895d705e0b79e64addca59b72879e3b9a1c2211b48ec34f2db3c17eaa571af7ea60027f507f44a3fead6044b806a09f8aa63b275e8fcfde16e40ccbe67ca8c7af8c16cd378eb0e6afc5fbf9510262d87f31bbdc5336401f4a78c4ab8bfed06f20f8350c679c7a4c1105af63b7b13889bda2264b9ac1b023d0445b2df8411dfbbd46e4ba011b88eecad1c093c4e9fe4424326cb8066508bbfb0c66cee9c12c076a1eb1d76e145463ec161ac648564c35b5acd897db1dbd9366f3fd0f353a57a60f1ae2fc8a4cc60575dfb2baebd6783a53df0a23369bc55e8d2ffe2379bb86a8805aa98eee2cbc92612c68673f6e2e818f2fd21bc19d9584de879624ad1d1fcfabff1b16a7042dde52af1df0d65af73355585bac8fb95600a9545fb355d188ff09d6856896c07f5517c9639a353a25683968c55d	2026-09-10	sent	0	12	\N	\N	desk	2026-09-09 02:00:00+00	\N	\N	supervisor:990123000000	2026-09-10 02:00:00+00	\N	2026-09-09 02:00:00+00	3da9e9d6-7193-4c88-ad8b-8b6edd638a2f
2fdf68b2-77aa-4792-80db-19d0f191faf7	a050302b-c0b8-460a-be47-9ced3909ce41	feaccb14-82e2-4d6b-b0db-d4087e904027	TY20260909000001	6b12611d-ba06-482b-86bf-4910a08229a5	job_seeker_registration	求职登记	human_resources	990123000000		1	\\x013e6de89144cbcf635a7cf32ffd8b380ce4064eaeba8eee32701b3a3ec681d22a649096fcba5a36fe24e2feae1b071deb6cc2b520221b0db9d75af0cfad80bf6c560f4c85743785939ce68f8b66d88004a04c20434c10f11c67b448b153e18fb6caf726bf15ed4a19dc50ae8f0eeea208e512ffd9b25e77b5ee2bfcc22bca30a7f5f40a247dbb447cec42c764f9457fe26c8075dd73cc07e8b52f8779f73826c079f50c298537a6bceab1e22955ff81d4d363b2995d8841bba9a7e56af91c67009d4dc1a8c746b2ca15627d622869c882efbaf7e4122a4b7a9e74f21443890ad09d711a5e15f7253106b026c5a2caf84ab8a70786d5e64fea81261024e1b3054e2a48d0010d39c1a407f57a35333d63772dec3c3dc6cb51c21953e2433087465d10e34fb3d614e2c458927d1bced378a5ecfd3e8d6a3501fe10f398a2a84d422cda5de137f2fc665700a61e4bb69ef6f550f771a10afb3e48a6c695bc4e6ef58d66c654b15d147abc294d7767b4dcaae84bbe42f8bb0b6d9ca9da803bdb059b6074f7243b2a70477d095599b5c3a7bb2138d360b71d83304a8fb5d5c27d3406c98c952c569ee4add7167cc9a5800499cdf2311e8d4787b87fb628dfc2f92c4500b767c1f6e81d9e6dfa63043285bb05270ed619c175d5b0efa4db448de470067e6b348ccbdd3e01fa41a870df14ba0b436f227ee07d04c491a32ed648c64768874a0a5977c5d816dbb49e697621234e53b602a13dba6b7fb05ed349fb8bd004376f10be23b23c1fd634d943cd2defef43f3c637632e883f219ea866d9e7bfffeda12c71602717b5c49fb8809879a3078de7d68748abc311841b1ba15e2105b6a027919dd52c6487a18114d38258dfe23b3ef633142a44022b52a25113e2db57131e2012f653f9c27d40a20138eae90caf6215e2f5ee0459fa55749f4e8c1155875236f7e7c75ae3d6d5c8588513dd5f0533fa41abb30b33a9e583e7e1c8d3b34027316fcdc3da69ffc8f1aaccfffaee9db139191ae94af4258be301d69b9a14a92f094b66264a5b5f17a8feacf86f78726126b87870db2d7e0586e54859403ad8ee777e8717c258633be8357262dd1d2660f2c88aae29dbf41d73c7b0d0bc94abb8837a221b3d1cf3c20a1af16d979c61dece8b7d1439c5127deaf32b	2026-09-10	sent	0	12	\N	\N	desk	2026-09-09 02:00:00+00	\N	\N	supervisor:990123000000	2026-09-10 02:00:00+00	\N	2026-09-09 02:00:00+00	cef3c3e5-1acc-4268-94f6-edc905ba17c6
\.


--
-- Data for Name: exchange_reply; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.exchange_reply (id, message_id, kind, round, sealed, digest, disposition, deliveries, actor, received_at, order_id) FROM stdin;
\.


--
-- Data for Name: identity_account; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.identity_account (password, id, username, display_name, is_active, opened_at, person_id) FROM stdin;
\.


--
-- Data for Name: identity_apikey; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.identity_apikey (id, label, hashed, scopes, issued_at, expires_at, revoked_at, account_id, post_id) FROM stdin;
\.


--
-- Data for Name: identity_post; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.identity_post (id, role, valid_from, valid_to, acting, account_id, organisation_id, region_id) FROM stdin;
\.


--
-- Data for Name: identity_signincode; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.identity_signincode (person_id, digest, tries, expires_at) FROM stdin;
\.


--
-- Data for Name: identity_throttle; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.identity_throttle (key, tries, since) FROM stdin;
\.


--
-- Data for Name: journal_entry; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.journal_entry (id, kind, subject, actor, region, at, payload, digest, transaction) FROM stdin;
1	registry.RegionsLoaded	\N	system:-		2026-09-09 02:00:00+00	{"count": 4, "source": "invented"}	\\xc321ebc264112e2d1641791d4bbcb687ceba749bac44da0a8e508510b7a712a6	857
2	catalogue.PackPublished	\N	system:-		2026-09-09 02:00:00+00	{"pack": "hlj/retirement", "digest": "d43c702aa35d7045c9b60e5107c1e40e794f33774c8a7b6bd16f7dbe6ad3ebf5", "release_id": "753efefc-778a-4f3e-82ea-0356fbad9471"}	\\xe92a8f80cd2c8b5c22eb498437b131a37a509bfa6af1edd3a297adc973749e0d	858
3	exchange.DepartmentConnected	\N	system:-		2026-09-09 02:00:00+00	{"department": "veterans_affairs", "region_code": "990123000000", "department_id": "8160ed6d-f31a-4f94-9a5d-e0c33fbc518f"}	\\xfdf6902a60b3d3e8584289721b6e34a2e3f4fb2649b2acb05f81dc801817fee5	860
4	exchange.DepartmentConnected	\N	system:-		2026-09-09 02:00:00+00	{"department": "police", "region_code": "990123000000", "department_id": "6d6f5c8c-d702-46d3-9979-f712983fbf1c"}	\\x0adfb13751857474d9401a502c7116d5fd1f26527600d7742bf9a7aa60238c18	863
5	exchange.DepartmentConnected	\N	system:-		2026-09-09 02:00:00+00	{"department": "armed_forces", "region_code": "990123000000", "department_id": "c10a43a8-19a1-4f58-9bfc-eb5693074ba9"}	\\xd36bedcf0612db1a23358da9f130b82e7b98559f690c175c389d0f2543f0c408	866
6	exchange.DepartmentConnected	\N	system:-		2026-09-09 02:00:00+00	{"department": "human_resources", "region_code": "990123000000", "department_id": "cef3c3e5-1acc-4268-94f6-edc905ba17c6"}	\\x6cda018193037d33970fbec411bef93ced61a7fa1b5b194651fc912cad4d87c9	869
7	exchange.DepartmentConnected	\N	system:-		2026-09-09 02:00:00+00	{"department": "social_insurance", "region_code": "990123000000", "department_id": "67d906b8-051d-44d5-bae8-e28d65da1a81"}	\\x16d132d08f8555fdeda83db9ced400d6930dca1058c91444a82172688ae828e2	872
8	exchange.DepartmentConnected	\N	system:-		2026-09-09 02:00:00+00	{"department": "medical_insurance", "region_code": "990123000000", "department_id": "91a55ad9-ea5f-46b9-b340-d7062c9eb9c5"}	\\xfba323ef75b996cf511dd963b6768b4dd517ccf2a3f343265a74a4eab67b8360	875
9	exchange.DepartmentConnected	\N	system:-		2026-09-09 02:00:00+00	{"department": "party_organisation", "region_code": "990123000000", "department_id": "3da9e9d6-7193-4c88-ad8b-8b6edd638a2f"}	\\xefa047f7453f456584f5d8bd454f59a53de819064223067de9c72a0d8863387f	878
10	registry.PersonRegistered	6b12611d-ba06-482b-86bf-4910a08229a5	system:-		2026-09-09 02:00:00+00	{"region": "990123000000", "source": "invented", "person_id": "6b12611d-ba06-482b-86bf-4910a08229a5"}	\\x6469273e339d83a4f1e3fc92f8318a8bea3a3de96ad229857e7e667e1aee054e	881
11	cases.DraftStarted	6b12611d-ba06-482b-86bf-4910a08229a5	citizen:6b12611d-ba06-482b-86bf-4910a08229a5	990123000000	2026-09-09 02:00:00+00	{"draft_id": "783beb31-f553-4925-9e21-7cf4ac94631c", "person_id": "6b12611d-ba06-482b-86bf-4910a08229a5"}	\\x4d168e5479e2836e859d740d16200758da9e75801806290a3693edf2275cdef2	882
12	exchange.OrderPlaced	feaccb14-82e2-4d6b-b0db-d4087e904027	citizen:6b12611d-ba06-482b-86bf-4910a08229a5	990123000000	2026-09-09 02:00:00+00	{"round": 1, "case_id": "feaccb14-82e2-4d6b-b0db-d4087e904027", "travels": false, "order_id": "7246e5ec-3b89-41ad-a0b4-8b99ed903648", "department": "veterans_affairs"}	\\x833f227de5363a58c15ffa9633c578450dba8f5871b8c16367478ef1976d28d3	898
13	exchange.OrderPlaced	feaccb14-82e2-4d6b-b0db-d4087e904027	citizen:6b12611d-ba06-482b-86bf-4910a08229a5	990123000000	2026-09-09 02:00:00+00	{"round": 1, "case_id": "feaccb14-82e2-4d6b-b0db-d4087e904027", "travels": false, "order_id": "053dfa7c-61a8-4744-a5cb-8f89a6969cf1", "department": "social_insurance"}	\\xa13efd79be71c2c70473b8cf5bf1abed299296d45b352fe99a35e211dac79c52	898
14	exchange.OrderPlaced	feaccb14-82e2-4d6b-b0db-d4087e904027	citizen:6b12611d-ba06-482b-86bf-4910a08229a5	990123000000	2026-09-09 02:00:00+00	{"round": 1, "case_id": "feaccb14-82e2-4d6b-b0db-d4087e904027", "travels": false, "order_id": "d328bfc1-8ac3-48f9-aa52-025a6a6a116b", "department": "party_organisation"}	\\xd81601f49c110bcf1ffe518e0b8b9ee1546ed87b881e0f8d64311d71448703ff	898
15	exchange.OrderPlaced	feaccb14-82e2-4d6b-b0db-d4087e904027	citizen:6b12611d-ba06-482b-86bf-4910a08229a5	990123000000	2026-09-09 02:00:00+00	{"round": 1, "case_id": "feaccb14-82e2-4d6b-b0db-d4087e904027", "travels": false, "order_id": "2fdf68b2-77aa-4792-80db-19d0f191faf7", "department": "human_resources"}	\\xee697d47f3618e6b510353ee78ae33c138aa2ba11dc3130388fcafe22c799e87	898
16	cases.CaseSubmitted	feaccb14-82e2-4d6b-b0db-d4087e904027	citizen:6b12611d-ba06-482b-86bf-4910a08229a5	990123000000	2026-09-09 02:00:00+00	{"case_id": "feaccb14-82e2-4d6b-b0db-d4087e904027", "matters": ["report_in", "social_insurance_registration", "membership_transfer", "job_seeker_registration"], "promised": "2026-09-30", "release_id": "753efefc-778a-4f3e-82ea-0356fbad9471"}	\\xa904570d23bc2ae4f1aff1447f36c0e7198901e416db04f8c6790b9392bbbbf4	898
\.


--
-- Data for Name: journal_seal; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.journal_seal (number, sealed_at, since, until, rows, root, previous, key, signature, manifest) FROM stdin;
1	2026-09-09 02:00:00+00	0	900	16	\\x44d00bb14a97285aa4f638a734186b24c2280c37361a3b232ff6de50371bc2af	\\x0000000000000000000000000000000000000000000000000000000000000000	1	\\x406acae0cb0ea257b45576804d8a6bd8701e19e1e37299f19a78c98724b8d3e3eb8422142f952a17f89efba31d5776b541860dcc32c3b2e7a86997dc5386b50f	\\x00000000000003590000000000000001c321ebc264112e2d1641791d4bbcb687ceba749bac44da0a8e508510b7a712a6000000000000035a0000000000000002e92a8f80cd2c8b5c22eb498437b131a37a509bfa6af1edd3a297adc973749e0d000000000000035c0000000000000003fdf6902a60b3d3e8584289721b6e34a2e3f4fb2649b2acb05f81dc801817fee5000000000000035f00000000000000040adfb13751857474d9401a502c7116d5fd1f26527600d7742bf9a7aa60238c1800000000000003620000000000000005d36bedcf0612db1a23358da9f130b82e7b98559f690c175c389d0f2543f0c408000000000000036500000000000000066cda018193037d33970fbec411bef93ced61a7fa1b5b194651fc912cad4d87c90000000000000368000000000000000716d132d08f8555fdeda83db9ced400d6930dca1058c91444a82172688ae828e2000000000000036b0000000000000008fba323ef75b996cf511dd963b6768b4dd517ccf2a3f343265a74a4eab67b8360000000000000036e0000000000000009efa047f7453f456584f5d8bd454f59a53de819064223067de9c72a0d8863387f0000000000000371000000000000000a6469273e339d83a4f1e3fc92f8318a8bea3a3de96ad229857e7e667e1aee054e0000000000000372000000000000000b4d168e5479e2836e859d740d16200758da9e75801806290a3693edf2275cdef20000000000000382000000000000000c833f227de5363a58c15ffa9633c578450dba8f5871b8c16367478ef1976d28d30000000000000382000000000000000da13efd79be71c2c70473b8cf5bf1abed299296d45b352fe99a35e211dac79c520000000000000382000000000000000ed81601f49c110bcf1ffe518e0b8b9ee1546ed87b881e0f8d64311d71448703ff0000000000000382000000000000000fee697d47f3618e6b510353ee78ae33c138aa2ba11dc3130388fcafe22c799e8700000000000003820000000000000010a904570d23bc2ae4f1aff1447f36c0e7198901e416db04f8c6790b9392bbbbf4
\.


--
-- Data for Name: outgoing_message; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.outgoing_message (id, channel, sealed, key_version, state, sender, attempts, next_attempt_at, reason, queued_at, settled_at) FROM stdin;
\.


--
-- Data for Name: procrastinate_events; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.procrastinate_events (id, job_id, type, at) FROM stdin;
1	1	deferred	2026-11-22 10:26:56.525875+00
\.


--
-- Data for Name: procrastinate_jobs; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.procrastinate_jobs (id, queue_name, task_name, lock, args, status, scheduled_at, attempts, queueing_lock, priority, abort_requested, worker_id) FROM stdin;
1	letters	cases.jobs.write_receipt	\N	{"fact_values": {"case_id": "feaccb14-82e2-4d6b-b0db-d4087e904027", "matters": ["report_in", "social_insurance_registration", "membership_transfer", "job_seeker_registration"], "promised": "2026-09-30", "release_id": "753efefc-778a-4f3e-82ea-0356fbad9471"}}	todo	\N	0	\N	0	f	\N
\.


--
-- Data for Name: procrastinate_periodic_defers; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.procrastinate_periodic_defers (id, task_name, defer_timestamp, job_id, periodic_id) FROM stdin;
\.


--
-- Data for Name: procrastinate_workers; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.procrastinate_workers (id, last_heartbeat) FROM stdin;
\.


--
-- Data for Name: registry_knownfact; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.registry_knownfact (id, field, sealed, source, grade, checked_at, person_id) FROM stdin;
\.


--
-- Data for Name: registry_organisation; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.registry_organisation (id, code, name, name_en, kind, department, parent_id, region_id) FROM stdin;
\.


--
-- Data for Name: registry_person; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.registry_person (id, masked_name, sealed_name, sealed_id_number, sealed_phone, id_index, phone_index, source, checked_at, forgotten_at, region_id) FROM stdin;
6b12611d-ba06-482b-86bf-4910a08229a5	何*松	\\x01f0761266c3a53a6f3bca8f055b67d376edb306955a27c3213cc9ece3b32da073ee29469089ee62dc0a0685eec47d80979e7532bbd9bf22f35a4d22e3	\\x01d050598ca9a807fbe63b7dc16327001326ec149e4e113cdc14b1b5ed354464c2890f85da33cb32b224995df79772e0d7bd14322f9cd6287fbe474b78	\\x01e83d94678a3e5f74a41b03226ab7405eb8799ce90d419afd7243e63baaa5161b2dba3d793b60802b8d7bda4f396570efeece75c022f7ae7cee2e063b	\\xfc2aa9b2fdfc416d60d1b56fb95e3763cf040207659ccd5a8a67feaf49faf5b8	\\x5669d44ccfd34dacd770331cc9f72480afbb4b8786cd20d9aac2dcfb83c559df	invented	2026-09-09 02:00:00+00	\N	990123000000
\.


--
-- Data for Name: registry_personkey; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.registry_personkey (person_id, version, wrapped) FROM stdin;
6b12611d-ba06-482b-86bf-4910a08229a5	1	\\xed52ce338b76e7a8c85374525d0a542ff3b2daf2f764ba11d16dc87c9019abb64fd3a995cf137565c8abf315939e3dd78721d5bf58220b52625aae70
\.


--
-- Data for Name: registry_region; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.registry_region (code, name, name_en, valid_from, valid_to, source, parent_id) FROM stdin;
000000000000	全国	China	\N	\N	invented	\N
990000000000	云川省	Yunchuan	\N	\N	invented	000000000000
990100000000	清和市	Qinghe	\N	\N	invented	990000000000
990123000000	望山县	Wangshan	\N	\N	invented	990100000000
\.


--
-- Data for Name: ui_preference; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.ui_preference (account_id, care) FROM stdin;
\.


--
-- Name: auth_group_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.auth_permission_id_seq', 144, true);


--
-- Name: cases_number; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.cases_number', 1, true);


--
-- Name: cases_papertocome_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.cases_papertocome_id_seq', 1, false);


--
-- Name: cases_pause_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.cases_pause_id_seq', 1, false);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_content_type_id_seq', 36, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.django_migrations_id_seq', 65, true);


--
-- Name: exchange_attempt_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.exchange_attempt_id_seq', 1, false);


--
-- Name: journal_entry_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.journal_entry_id_seq', 16, true);


--
-- Name: procrastinate_events_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, true);


--
-- Name: procrastinate_jobs_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, true);


--
-- Name: procrastinate_periodic_defers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);


--
-- Name: procrastinate_workers_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);


--
-- Name: registry_knownfact_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.registry_knownfact_id_seq', 1, false);


--
-- Name: auth_group auth_group_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


--
-- Name: auth_group_permissions auth_group_permissions_group_id_permission_id_0cd325b0_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


--
-- Name: auth_group_permissions auth_group_permissions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


--
-- Name: auth_group auth_group_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


--
-- Name: auth_permission auth_permission_content_type_id_codename_01ab375a_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


--
-- Name: auth_permission auth_permission_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


--
-- Name: cases_case cases_case_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_number_key UNIQUE (number);


--
-- Name: cases_case cases_case_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_pkey PRIMARY KEY (id);


--
-- Name: cases_correction cases_correction_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_correction
    ADD CONSTRAINT cases_correction_pkey PRIMARY KEY (id);


--
-- Name: cases_draft cases_draft_case_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_draft
    ADD CONSTRAINT cases_draft_case_id_key UNIQUE (case_id);


--
-- Name: cases_draft cases_draft_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_draft
    ADD CONSTRAINT cases_draft_pkey PRIMARY KEY (id);


--
-- Name: cases_papertocome cases_papertocome_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_papertocome
    ADD CONSTRAINT cases_papertocome_pkey PRIMARY KEY (id);


--
-- Name: cases_pause cases_pause_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_pause
    ADD CONSTRAINT cases_pause_pkey PRIMARY KEY (id);


--
-- Name: cases_task cases_task_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_task
    ADD CONSTRAINT cases_task_pkey PRIMARY KEY (id);


--
-- Name: cases_upload cases_upload_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_upload
    ADD CONSTRAINT cases_upload_pkey PRIMARY KEY (id);


--
-- Name: catalogue_release catalogue_release_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.catalogue_release
    ADD CONSTRAINT catalogue_release_pkey PRIMARY KEY (id);


--
-- Name: correspondence_document correspondence_document_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.correspondence_document
    ADD CONSTRAINT correspondence_document_number_key UNIQUE (number);


--
-- Name: correspondence_document correspondence_document_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.correspondence_document
    ADD CONSTRAINT correspondence_document_pkey PRIMARY KEY (id);


--
-- Name: correspondence_notice correspondence_notice_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.correspondence_notice
    ADD CONSTRAINT correspondence_notice_pkey PRIMARY KEY (id);


--
-- Name: django_content_type django_content_type_app_label_model_76bd3d3b_uniq; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


--
-- Name: django_content_type django_content_type_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: exchange_attempt exchange_attempt_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_attempt
    ADD CONSTRAINT exchange_attempt_once UNIQUE (order_id, number);


--
-- Name: exchange_attempt exchange_attempt_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_attempt
    ADD CONSTRAINT exchange_attempt_pkey PRIMARY KEY (id);


--
-- Name: exchange_department exchange_department_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_department
    ADD CONSTRAINT exchange_department_once UNIQUE (code, region);


--
-- Name: exchange_department exchange_department_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_department
    ADD CONSTRAINT exchange_department_pkey PRIMARY KEY (id);


--
-- Name: exchange_order exchange_order_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_order
    ADD CONSTRAINT exchange_order_pkey PRIMARY KEY (id);


--
-- Name: exchange_order exchange_order_task_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_order
    ADD CONSTRAINT exchange_order_task_id_key UNIQUE (task_id);


--
-- Name: exchange_reply exchange_reply_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_reply
    ADD CONSTRAINT exchange_reply_once UNIQUE (order_id, message_id);


--
-- Name: exchange_reply exchange_reply_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_reply
    ADD CONSTRAINT exchange_reply_pkey PRIMARY KEY (id);


--
-- Name: identity_account identity_account_person_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_account
    ADD CONSTRAINT identity_account_person_id_key UNIQUE (person_id);


--
-- Name: identity_account identity_account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_account
    ADD CONSTRAINT identity_account_pkey PRIMARY KEY (id);


--
-- Name: identity_account identity_account_username_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_account
    ADD CONSTRAINT identity_account_username_key UNIQUE (username);


--
-- Name: identity_apikey identity_apikey_hashed_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_apikey
    ADD CONSTRAINT identity_apikey_hashed_key UNIQUE (hashed);


--
-- Name: identity_apikey identity_apikey_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_apikey
    ADD CONSTRAINT identity_apikey_pkey PRIMARY KEY (id);


--
-- Name: identity_post identity_post_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_post
    ADD CONSTRAINT identity_post_pkey PRIMARY KEY (id);


--
-- Name: identity_signincode identity_signincode_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_signincode
    ADD CONSTRAINT identity_signincode_pkey PRIMARY KEY (person_id);


--
-- Name: identity_throttle identity_throttle_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_throttle
    ADD CONSTRAINT identity_throttle_pkey PRIMARY KEY (key);


--
-- Name: journal_entry journal_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_pkey PRIMARY KEY (id);


--
-- Name: journal_seal journal_seal_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.journal_seal
    ADD CONSTRAINT journal_seal_pkey PRIMARY KEY (number);


--
-- Name: correspondence_notice notice_of_message; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.correspondence_notice
    ADD CONSTRAINT notice_of_message UNIQUE (message_id);


--
-- Name: registry_knownfact one_value_per_field_and_source; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_knownfact
    ADD CONSTRAINT one_value_per_field_and_source UNIQUE (person_id, field, source);


--
-- Name: outgoing_message outgoing_message_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outgoing_message
    ADD CONSTRAINT outgoing_message_pkey PRIMARY KEY (id);


--
-- Name: cases_papertocome paper_to_come_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_papertocome
    ADD CONSTRAINT paper_to_come_once UNIQUE (case_id, material);


--
-- Name: registry_person person_id_number_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_person
    ADD CONSTRAINT person_id_number_once UNIQUE (id_index);


--
-- Name: procrastinate_events procrastinate_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_jobs procrastinate_jobs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);


--
-- Name: procrastinate_workers procrastinate_workers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);


--
-- Name: registry_knownfact registry_knownfact_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_knownfact
    ADD CONSTRAINT registry_knownfact_pkey PRIMARY KEY (id);


--
-- Name: registry_organisation registry_organisation_code_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_organisation
    ADD CONSTRAINT registry_organisation_code_key UNIQUE (code);


--
-- Name: registry_organisation registry_organisation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_organisation
    ADD CONSTRAINT registry_organisation_pkey PRIMARY KEY (id);


--
-- Name: registry_person registry_person_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_person
    ADD CONSTRAINT registry_person_pkey PRIMARY KEY (id);


--
-- Name: registry_personkey registry_personkey_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_personkey
    ADD CONSTRAINT registry_personkey_pkey PRIMARY KEY (person_id);


--
-- Name: registry_region registry_region_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_region
    ADD CONSTRAINT registry_region_pkey PRIMARY KEY (code);


--
-- Name: catalogue_release release_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.catalogue_release
    ADD CONSTRAINT release_once UNIQUE (pack, digest);


--
-- Name: cases_task task_once_per_case; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_task
    ADD CONSTRAINT task_once_per_case UNIQUE (case_id, matter);


--
-- Name: ui_preference ui_preference_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ui_preference
    ADD CONSTRAINT ui_preference_pkey PRIMARY KEY (account_id);


--
-- Name: auth_group_name_a6ea08ec_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


--
-- Name: auth_group_permissions_group_id_b120cbf9; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


--
-- Name: auth_group_permissions_permission_id_84c5c92e; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


--
-- Name: auth_permission_content_type_id_2f476e4b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


--
-- Name: case_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_by_person ON public.cases_case USING btree (person_id, submitted_at DESC);


--
-- Name: case_open_by_region; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX case_open_by_region ON public.cases_case USING btree (region, due) WHERE (state = 'running'::text);


--
-- Name: cases_case_number_980c9551_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_case_number_980c9551_like ON public.cases_case USING btree (number varchar_pattern_ops);


--
-- Name: cases_case_release_id_eb22b5f2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_case_release_id_eb22b5f2 ON public.cases_case USING btree (release_id);


--
-- Name: cases_correction_case_id_6ad7f97d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_correction_case_id_6ad7f97d ON public.cases_correction USING btree (case_id);


--
-- Name: cases_correction_task_id_7d3a0d8f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_correction_task_id_7d3a0d8f ON public.cases_correction USING btree (task_id);


--
-- Name: cases_draft_release_id_67345d8d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_draft_release_id_67345d8d ON public.cases_draft USING btree (release_id);


--
-- Name: cases_papertocome_case_id_20612835; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_papertocome_case_id_20612835 ON public.cases_papertocome USING btree (case_id);


--
-- Name: cases_pause_case_id_07eb111b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_pause_case_id_07eb111b ON public.cases_pause USING btree (case_id);


--
-- Name: cases_pause_task_id_9eaef3f6; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_pause_task_id_9eaef3f6 ON public.cases_pause USING btree (task_id);


--
-- Name: cases_task_case_id_db8cf8f3; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_task_case_id_db8cf8f3 ON public.cases_task USING btree (case_id);


--
-- Name: cases_upload_case_id_358a8e92; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_upload_case_id_358a8e92 ON public.cases_upload USING btree (case_id);


--
-- Name: cases_upload_draft_id_9ccd7467; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_upload_draft_id_9ccd7467 ON public.cases_upload USING btree (draft_id);


--
-- Name: code_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX code_by_expiry ON public.identity_signincode USING btree (expires_at);


--
-- Name: correction_awaited; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX correction_awaited ON public.cases_correction USING btree (answer_by) WHERE (answered_at IS NULL);


--
-- Name: correspondence_document_number_3fa152a3_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX correspondence_document_number_3fa152a3_like ON public.correspondence_document USING btree (number text_pattern_ops);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: document_of_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX document_of_person ON public.correspondence_document USING btree (person_id, issued_at DESC);


--
-- Name: draft_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX draft_by_person ON public.cases_draft USING btree (person_id, saved_at DESC);


--
-- Name: exchange_attempt_order_id_15652b58; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX exchange_attempt_order_id_15652b58 ON public.exchange_attempt USING btree (order_id);


--
-- Name: exchange_order_by_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX exchange_order_by_case ON public.exchange_order USING btree (case_id);


--
-- Name: exchange_order_desk; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX exchange_order_desk ON public.exchange_order USING btree (organisation, due) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sent'::character varying, 'acknowledged'::character varying, 'dead'::character varying, 'returned'::character varying])::text[]));


--
-- Name: exchange_order_next; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX exchange_order_next ON public.exchange_order USING btree (next_attempt_at) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sent'::character varying])::text[]));


--
-- Name: exchange_order_tell; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX exchange_order_tell ON public.exchange_order USING btree (tell_by) WHERE (((state)::text = ANY ((ARRAY['waiting'::character varying, 'sent'::character varying, 'acknowledged'::character varying, 'dead'::character varying])::text[])) AND (told_at IS NULL));


--
-- Name: identity_account_username_361abcf0_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_account_username_361abcf0_like ON public.identity_account USING btree (username text_pattern_ops);


--
-- Name: identity_apikey_account_id_1bd0021d; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_apikey_account_id_1bd0021d ON public.identity_apikey USING btree (account_id);


--
-- Name: identity_apikey_post_id_0c169dcf; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_apikey_post_id_0c169dcf ON public.identity_apikey USING btree (post_id);


--
-- Name: identity_post_account_id_4a23226b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_post_account_id_4a23226b ON public.identity_post USING btree (account_id);


--
-- Name: identity_post_organisation_id_7e350f9f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_post_organisation_id_7e350f9f ON public.identity_post USING btree (organisation_id);


--
-- Name: identity_post_region_id_4952a54f; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_post_region_id_4952a54f ON public.identity_post USING btree (region_id);


--
-- Name: identity_post_region_id_4952a54f_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX identity_post_region_id_4952a54f_like ON public.identity_post USING btree (region_id varchar_pattern_ops);


--
-- Name: idx_procrastinate_jobs_worker_not_null; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));


--
-- Name: idx_procrastinate_workers_last_heartbeat; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);


--
-- Name: journal_by_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX journal_by_subject ON public.journal_entry USING btree (subject, id);


--
-- Name: journal_by_transaction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX journal_by_transaction ON public.journal_entry USING btree (transaction, id);


--
-- Name: notice_inbox; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_inbox ON public.correspondence_notice USING btree (person_id, at DESC);


--
-- Name: notice_of_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_of_case ON public.correspondence_notice USING btree (case_id) WHERE (case_id IS NOT NULL);


--
-- Name: notice_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX notice_once ON public.correspondence_notice USING btree (person_id, channel, once) WHERE (NOT (once = ''::text));


--
-- Name: one_document_per_case_and_kind; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_document_per_case_and_kind ON public.correspondence_document USING btree (case_id, kind) WHERE (case_id IS NOT NULL);


--
-- Name: one_office_per_department_and_region; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_office_per_department_and_region ON public.registry_organisation USING btree (department, region_id) WHERE (kind = 'department'::text);


--
-- Name: one_open_correction; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_open_correction ON public.cases_correction USING btree (task_id) WHERE (answered_at IS NULL);


--
-- Name: one_open_pause; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX one_open_pause ON public.cases_pause USING btree (task_id) WHERE (until IS NULL);


--
-- Name: outgoing_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outgoing_due ON public.outgoing_message USING btree (next_attempt_at) WHERE ((state)::text = 'waiting'::text);


--
-- Name: outgoing_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outgoing_newest ON public.outgoing_message USING btree (queued_at DESC);


--
-- Name: paper_awaited; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX paper_awaited ON public.cases_papertocome USING btree (promised_for) WHERE (came_at IS NULL);


--
-- Name: person_by_phone; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX person_by_phone ON public.registry_person USING btree (phone_index);


--
-- Name: procrastinate_events_job_id_fkey_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);


--
-- Name: procrastinate_jobs_id_lock_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));


--
-- Name: procrastinate_jobs_lock_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);


--
-- Name: procrastinate_jobs_priority_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);


--
-- Name: procrastinate_jobs_queue_name_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);


--
-- Name: procrastinate_jobs_queueing_lock_idx_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);


--
-- Name: procrastinate_periodic_defers_job_id_fkey_v1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);


--
-- Name: registry_organisation_code_a3c6527a_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registry_organisation_code_a3c6527a_like ON public.registry_organisation USING btree (code text_pattern_ops);


--
-- Name: registry_organisation_parent_id_a77efc26; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registry_organisation_parent_id_a77efc26 ON public.registry_organisation USING btree (parent_id);


--
-- Name: registry_organisation_region_id_b56d3ce5; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registry_organisation_region_id_b56d3ce5 ON public.registry_organisation USING btree (region_id);


--
-- Name: registry_organisation_region_id_b56d3ce5_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registry_organisation_region_id_b56d3ce5_like ON public.registry_organisation USING btree (region_id varchar_pattern_ops);


--
-- Name: registry_person_region_id_4af1f9cf; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registry_person_region_id_4af1f9cf ON public.registry_person USING btree (region_id);


--
-- Name: registry_person_region_id_4af1f9cf_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registry_person_region_id_4af1f9cf_like ON public.registry_person USING btree (region_id varchar_pattern_ops);


--
-- Name: registry_region_code_df65ebb6_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registry_region_code_df65ebb6_like ON public.registry_region USING btree (code varchar_pattern_ops);


--
-- Name: registry_region_parent_id_9f18316b; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registry_region_parent_id_9f18316b ON public.registry_region USING btree (parent_id);


--
-- Name: registry_region_parent_id_9f18316b_like; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registry_region_parent_id_9f18316b_like ON public.registry_region USING btree (parent_id varchar_pattern_ops);


--
-- Name: release_by_region; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX release_by_region ON public.catalogue_release USING btree (region, published_at DESC);


--
-- Name: task_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX task_due ON public.cases_task USING btree (due) WHERE (state = ANY (ARRAY['at_department'::text, 'in_work'::text, 'with_person'::text]));


--
-- Name: throttle_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX throttle_by_age ON public.identity_throttle USING btree (since);


--
-- Name: journal_entry journal_is_append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER journal_is_append_only BEFORE DELETE OR UPDATE ON public.journal_entry FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_append_only();


--
-- Name: journal_seal journal_is_append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER journal_is_append_only BEFORE DELETE OR UPDATE ON public.journal_seal FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_append_only();


--
-- Name: journal_entry journal_is_never_emptied; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER journal_is_never_emptied BEFORE TRUNCATE ON public.journal_entry FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_append_only();


--
-- Name: journal_seal journal_is_never_emptied; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER journal_is_never_emptied BEFORE TRUNCATE ON public.journal_seal FOR EACH STATEMENT EXECUTE FUNCTION public.journal_is_append_only();


--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_aborted_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();


--
-- Name: procrastinate_jobs procrastinate_jobs_notify_queue_job_inserted_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_abort_requested_events_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_delete_jobs_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_scheduled_events_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_insert_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();


--
-- Name: procrastinate_jobs procrastinate_trigger_status_events_update_v1; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();


--
-- Name: auth_group_permissions auth_group_permissio_permission_id_84c5c92e_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissions_group_id_b120cbf9_fk_auth_group_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_permission auth_permission_content_type_id_2f476e4b_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_case cases_case_release_id_eb22b5f2_fk_catalogue_release_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_release_id_eb22b5f2_fk_catalogue_release_id FOREIGN KEY (release_id) REFERENCES public.catalogue_release(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_correction cases_correction_case_id_6ad7f97d_fk_cases_case_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_correction
    ADD CONSTRAINT cases_correction_case_id_6ad7f97d_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_correction cases_correction_task_id_7d3a0d8f_fk_cases_task_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_correction
    ADD CONSTRAINT cases_correction_task_id_7d3a0d8f_fk_cases_task_id FOREIGN KEY (task_id) REFERENCES public.cases_task(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_draft cases_draft_case_id_2bc2a7d9_fk_cases_case_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_draft
    ADD CONSTRAINT cases_draft_case_id_2bc2a7d9_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_draft cases_draft_release_id_67345d8d_fk_catalogue_release_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_draft
    ADD CONSTRAINT cases_draft_release_id_67345d8d_fk_catalogue_release_id FOREIGN KEY (release_id) REFERENCES public.catalogue_release(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_papertocome cases_papertocome_case_id_20612835_fk_cases_case_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_papertocome
    ADD CONSTRAINT cases_papertocome_case_id_20612835_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_pause cases_pause_case_id_07eb111b_fk_cases_case_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_pause
    ADD CONSTRAINT cases_pause_case_id_07eb111b_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_pause cases_pause_task_id_9eaef3f6_fk_cases_task_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_pause
    ADD CONSTRAINT cases_pause_task_id_9eaef3f6_fk_cases_task_id FOREIGN KEY (task_id) REFERENCES public.cases_task(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_task cases_task_case_id_db8cf8f3_fk_cases_case_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_task
    ADD CONSTRAINT cases_task_case_id_db8cf8f3_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_upload cases_upload_case_id_358a8e92_fk_cases_case_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_upload
    ADD CONSTRAINT cases_upload_case_id_358a8e92_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: cases_upload cases_upload_draft_id_9ccd7467_fk_cases_draft_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases_upload
    ADD CONSTRAINT cases_upload_draft_id_9ccd7467_fk_cases_draft_id FOREIGN KEY (draft_id) REFERENCES public.cases_draft(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: correspondence_document correspondence_docum_person_id_79f1dce5_fk_registry_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.correspondence_document
    ADD CONSTRAINT correspondence_docum_person_id_79f1dce5_fk_registry_ FOREIGN KEY (person_id) REFERENCES public.registry_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: correspondence_notice correspondence_notice_person_id_abe07fe2_fk_registry_person_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.correspondence_notice
    ADD CONSTRAINT correspondence_notice_person_id_abe07fe2_fk_registry_person_id FOREIGN KEY (person_id) REFERENCES public.registry_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: exchange_attempt exchange_attempt_order_id_15652b58_fk_exchange_order_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_attempt
    ADD CONSTRAINT exchange_attempt_order_id_15652b58_fk_exchange_order_id FOREIGN KEY (order_id) REFERENCES public.exchange_order(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: exchange_order exchange_order_port_id_bcfa710d_fk_exchange_department_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_order
    ADD CONSTRAINT exchange_order_port_id_bcfa710d_fk_exchange_department_id FOREIGN KEY (port_id) REFERENCES public.exchange_department(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: exchange_reply exchange_reply_order_id_bbedee3b_fk_exchange_order_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.exchange_reply
    ADD CONSTRAINT exchange_reply_order_id_bbedee3b_fk_exchange_order_id FOREIGN KEY (order_id) REFERENCES public.exchange_order(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: identity_account identity_account_person_id_b0155c6e_fk_registry_person_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_account
    ADD CONSTRAINT identity_account_person_id_b0155c6e_fk_registry_person_id FOREIGN KEY (person_id) REFERENCES public.registry_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: identity_apikey identity_apikey_account_id_1bd0021d_fk_identity_account_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_apikey
    ADD CONSTRAINT identity_apikey_account_id_1bd0021d_fk_identity_account_id FOREIGN KEY (account_id) REFERENCES public.identity_account(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: identity_apikey identity_apikey_post_id_0c169dcf_fk_identity_post_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_apikey
    ADD CONSTRAINT identity_apikey_post_id_0c169dcf_fk_identity_post_id FOREIGN KEY (post_id) REFERENCES public.identity_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: identity_post identity_post_account_id_4a23226b_fk_identity_account_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_post
    ADD CONSTRAINT identity_post_account_id_4a23226b_fk_identity_account_id FOREIGN KEY (account_id) REFERENCES public.identity_account(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: identity_post identity_post_organisation_id_7e350f9f_fk_registry_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_post
    ADD CONSTRAINT identity_post_organisation_id_7e350f9f_fk_registry_ FOREIGN KEY (organisation_id) REFERENCES public.registry_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: identity_post identity_post_region_id_4952a54f_fk_registry_region_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.identity_post
    ADD CONSTRAINT identity_post_region_id_4952a54f_fk_registry_region_code FOREIGN KEY (region_id) REFERENCES public.registry_region(code) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: procrastinate_events procrastinate_events_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;


--
-- Name: procrastinate_jobs procrastinate_jobs_worker_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;


--
-- Name: procrastinate_periodic_defers procrastinate_periodic_defers_job_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);


--
-- Name: registry_knownfact registry_knownfact_person_id_e227317d_fk_registry_person_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_knownfact
    ADD CONSTRAINT registry_knownfact_person_id_e227317d_fk_registry_person_id FOREIGN KEY (person_id) REFERENCES public.registry_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: registry_organisation registry_organisatio_parent_id_a77efc26_fk_registry_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_organisation
    ADD CONSTRAINT registry_organisatio_parent_id_a77efc26_fk_registry_ FOREIGN KEY (parent_id) REFERENCES public.registry_organisation(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: registry_organisation registry_organisatio_region_id_b56d3ce5_fk_registry_; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_organisation
    ADD CONSTRAINT registry_organisatio_region_id_b56d3ce5_fk_registry_ FOREIGN KEY (region_id) REFERENCES public.registry_region(code) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: registry_person registry_person_region_id_4af1f9cf_fk_registry_region_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_person
    ADD CONSTRAINT registry_person_region_id_4af1f9cf_fk_registry_region_code FOREIGN KEY (region_id) REFERENCES public.registry_region(code) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: registry_personkey registry_personkey_person_id_e5b4d37c_fk_registry_person_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_personkey
    ADD CONSTRAINT registry_personkey_person_id_e5b4d37c_fk_registry_person_id FOREIGN KEY (person_id) REFERENCES public.registry_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: registry_region registry_region_parent_id_9f18316b_fk_registry_region_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registry_region
    ADD CONSTRAINT registry_region_parent_id_9f18316b_fk_registry_region_code FOREIGN KEY (parent_id) REFERENCES public.registry_region(code) DEFERRABLE INITIALLY DEFERRED;


--
-- PostgreSQL database dump complete
--

\unrestrict 4lRJJHFL4cofYogpQaKmVpqPKpWSmzkp1oxf9Bldkv73C2gV1vmQFqzfssYbad9


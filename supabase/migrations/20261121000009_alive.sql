-- A call is written as alive while its job runs, so that one whose job was killed is noticed within minutes. "lost" is
-- a guess: a job that only could not reach the database closes its call itself, and that counts.

alter table public.fc_calls add column if not exists last_seen_at timestamptz;

create or replace function public.fc_close_call(wanted uuid, how text, why text, at timestamptz) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_calls set ended_at = at, outcome = how, reason = why
    where id = wanted and (ended_at is null or reason = 'lost');
    if found then
        update fc_carts set orphaned_at = at where call_id = wanted and status = 'active';
    end if;
end $$;

drop function if exists public.fc_close_lost_calls(timestamptz, timestamptz);

create or replace function public.fc_close_silent_calls(silent_since timestamptz, at timestamptz) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    lost uuid[];
begin
    with closed as (
        update fc_calls set ended_at = at, reason = 'lost',
            outcome = case when order_id is null then 'failed' else 'ordered' end
        where ended_at is null and coalesce(last_seen_at, started_at) < silent_since returning id
    )
    select coalesce(array_agg(id), '{}') into lost from closed;
    update fc_carts set orphaned_at = at where call_id = any (lost) and status = 'active';
    return jsonb_build_object('closed', cardinality(lost))::text;
end $$;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_close_call(uuid, text, text, timestamptz)', 'fc_close_silent_calls(timestamptz, timestamptz)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

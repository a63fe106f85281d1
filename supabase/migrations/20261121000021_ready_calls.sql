-- Who wants to be rung when the order is ready, in which language, and every attempt at it.

alter table public.fc_carts add column if not exists ready_call text not null default '';
alter table public.fc_orders add column if not exists ready_call text not null default '';
create index if not exists fc_orders_to_ring on public.fc_orders (id) where ready_call <> '' and status = 'ready';

create table if not exists public.fc_ready_calls (
    id uuid primary key,
    order_id uuid not null references public.fc_orders (id) on delete cascade,
    claimed_at timestamptz not null,
    lease_until timestamptz not null,
    dialled_at timestamptz,
    ended_at timestamptz,
    outcome text not null default '',
    rowid bigint generated always as identity
);
create index if not exists fc_ready_calls_of_order on public.fc_ready_calls (order_id);

-- It is asked for at any time of a call and changes nothing that is read back: the order takes it from the cart itself.
create or replace function public.fc_order_takes_ready_call() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.ready_call := coalesce((
        select c.ready_call from public.fc_quotes q join public.fc_carts c on c.id = q.cart_id
        where q.id::text = new.idempotency_key
    ), new.ready_call, '');
    return new;
end $$;

create or replace trigger fc_orders_take_ready_call before insert on public.fc_orders
for each row when (new.idempotency_key is not null) execute function public.fc_order_takes_ready_call();

-- pace: {"now", "tried_before", "ready_since", "settled", "most"}.
create or replace function public.fc_due_for_ready_call(pace jsonb)
returns table (id uuid, timezone text, ready_at timestamptz)
language sql stable security invoker set search_path = public, pg_temp as $$
    select o.id, o.timezone, o.ready_at from fc_orders o join fc_calls k on k.id = o.call_id
    where o.status = 'ready' and o.ready_call <> '' and k.caller_number is not null
        and exists (
            select from fc_order_events e where e.order_id = o.id and e.status = 'ready'
            and e.created_at >= (pace ->> 'ready_since')::timestamptz
        )
        and not exists (
            select from fc_ready_calls r where r.order_id = o.id and (
                pace -> 'settled' ? r.outcome
                or (r.dialled_at is not null
                    and coalesce(r.ended_at, r.lease_until) > (pace ->> 'tried_before')::timestamptz)
            )
        )
        and not exists (
            select from fc_ready_calls r join fc_orders other on other.id = r.order_id
            join fc_calls k2 on k2.id = other.call_id
            where k2.caller_number = k.caller_number and r.ended_at is null
            and r.lease_until > (pace ->> 'now')::timestamptz
        )
        and (select count(*) from fc_ready_calls r where r.order_id = o.id and r.dialled_at is not null)
            < (pace ->> 'most')::integer
$$;

create or replace function public.fc_due_ready_calls(pace jsonb) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object('due', coalesce(jsonb_agg(
        jsonb_build_object('id', due.id, 'timezone', due.timezone) order by due.ready_at, due.id
    ), '[]'))::text from fc_due_for_ready_call(pace) due
$$;

-- One at a time: of two workers the second sees what the first has claimed.
create or replace function public.fc_claim_ready_call(claim jsonb, pace jsonb) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    wanted uuid := claim ->> 'order_id';
begin
    perform pg_advisory_xact_lock(hashtext('fc_ready_calls'));
    if exists (select from fc_ready_calls where id = (claim ->> 'id')::uuid) then
        return '{"claimed": true}';
    end if;
    if not exists (select from fc_due_for_ready_call(pace) due where due.id = wanted) then
        return '{"claimed": false}';
    end if;
    delete from fc_ready_calls where order_id = wanted and dialled_at is null;
    perform fc_put('fc_ready_calls', jsonb_build_array(claim));
    return '{"claimed": true}';
end $$;

create or replace function public.fc_begin_ready_call(wanted uuid, at timestamptz, lease timestamptz) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    about uuid;
begin
    update fc_ready_calls r set dialled_at = at, lease_until = lease
    where r.id = wanted and r.dialled_at is null and r.lease_until > at and exists (
        select from fc_orders o join fc_calls k on k.id = o.call_id
        where o.id = r.order_id and o.status = 'ready' and o.ready_call <> '' and k.caller_number is not null
    ) returning r.order_id into about;
    if about is null then
        return null;
    end if;
    return (
        select fc_orders_with_lines(array[about])::jsonb
            || jsonb_build_object('ready_call', o.ready_call, 'caller_number', k.caller_number)
        from fc_orders o join fc_calls k on k.id = o.call_id where o.id = about
    )::text;
end $$;

do $$
declare
    callable text;
begin
    alter table public.fc_ready_calls enable row level security;
    revoke all on public.fc_ready_calls from public, anon, authenticated;
    grant select, insert, update, delete on public.fc_ready_calls to service_role;
    grant select (ready_call) on public.fc_orders to authenticated;
    foreach callable in array array[
        'fc_order_takes_ready_call()', 'fc_due_for_ready_call(jsonb)', 'fc_due_ready_calls(jsonb)',
        'fc_claim_ready_call(jsonb, jsonb)', 'fc_begin_ready_call(uuid, timestamptz, timestamptz)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

-- Calls that are taken for lost, and their carts. The last sign of life is the end of a lost call, whenever it was
-- noticed, and a new sign of life reopens it. A cart belongs to one call at a time; nobody is offered a cart again
-- half an hour after its call, after a no, or after another order.

create or replace function public.fc_cart_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if old.call_id is not null and old.orphaned_at is null and new.call_id is distinct from old.call_id then
        raise exception 'another call has the cart' using errcode = 'PA004';
    end if;
    new.version := greatest(new.version, old.version)
        + ((old.restaurant_id, old.notes, old.call_id)
            is distinct from (new.restaurant_id, new.notes, new.call_id))::int;
    return new;
end $$;

-- Nobody will go on with these carts: what is personal in them goes, and what was quoted of them.
create or replace function public.fc_give_up_carts(given_up uuid[]) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_carts set status = 'abandoned', notes = null, address = '', zip_code = '', order_note = '',
        allergy_note = ''
    where id = any (given_up) and (
        status <> 'abandoned' or notes is not null or concat(address, zip_code, order_note, allergy_note) <> ''
    );
    update fc_cart_items set instructions = null where cart_id = any (given_up) and instructions is not null;
    delete from fc_quotes where cart_id = any (given_up);
end $$;

-- The cart of a call without a number can be offered to nobody.
create or replace function public.fc_close_call(wanted uuid, how text, why text, at timestamptz) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_calls
    set ended_at = at, outcome = case when order_id is null then how else 'ordered' end, reason = why
    where id = wanted and (ended_at is null or reason = 'lost');
    if found then
        update fc_carts set orphaned_at = at where call_id = wanted and status = 'active';
        perform fc_give_up_carts(array(
            select c.id from fc_carts c join fc_calls k on k.id = c.call_id
            where k.id = wanted and k.caller_number is null and c.status = 'active'
        ));
    end if;
end $$;

create or replace function public.fc_note_alive(wanted uuid, at timestamptz) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_calls set last_seen_at = at where id = wanted;
    update fc_calls set ended_at = null, outcome = null, reason = null where id = wanted and reason = 'lost';
    if found then
        update fc_carts set orphaned_at = null where call_id = wanted and status = 'active';
    end if;
end $$;

create or replace function public.fc_running_calls(wanted_phone text) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object('calls', coalesce(jsonb_agg(jsonb_build_object(
        'id', id, 'room', room, 'seen_at', coalesce(last_seen_at, started_at)
    )), '[]'))::text
    from fc_calls where caller_number = wanted_phone and ended_at is null
$$;

drop function if exists public.fc_close_silent_calls(timestamptz, timestamptz);

-- One call, or all that gave no sign of life since then.
create or replace function public.fc_close_lost(silent_since timestamptz, wanted uuid) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    lost uuid[];
begin
    with closed as (
        update fc_calls set ended_at = coalesce(last_seen_at, started_at), reason = 'lost',
            outcome = case when order_id is null then 'failed' else 'ordered' end
        where ended_at is null and (id = wanted or coalesce(last_seen_at, started_at) < silent_since) returning id
    )
    select coalesce(array_agg(id), '{}') into lost from closed;
    update fc_carts c set orphaned_at = k.ended_at from fc_calls k
    where k.id = c.call_id and k.id = any (lost) and c.status = 'active';
    return jsonb_build_object('closed', cardinality(lost))::text;
end $$;

-- The newest one; the cart of a call that still runs is not orphaned, and who has ordered since needs none.
create or replace function public.fc_find_orphaned_cart(wanted_phone text, since timestamptz, known bigint) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select fc_cart((
        select c.id from fc_carts c join fc_calls k on k.id = c.call_id
        where k.caller_number = wanted_phone and c.status = 'active' and c.orphaned_at >= since
            and exists (select from fc_cart_items i where i.cart_id = c.id)
            and not exists (
                select from fc_orders o join fc_calls later on later.id = o.call_id
                where later.caller_number = wanted_phone and o.created_at > c.orphaned_at
            )
        order by c.orphaned_at desc, c.created_at desc nulls last, c.id limit 1
    ), known)
$$;

drop function if exists public.fc_adopt_cart(uuid, uuid, bigint);

-- Of two who take it at once, the second waits for the first and then finds it taken. A cart that the call has already
-- is the same request, sent again. One that the call has emptied gives way.
create or replace function public.fc_adopt_cart(wanted uuid, adopter uuid, wishes jsonb, known bigint) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    owner uuid := (select profile_id from fc_calls where id = adopter);
begin
    update fc_carts c set status = 'abandoned'
    where c.call_id = adopter and c.status = 'active' and c.id <> wanted
        and not exists (select from fc_cart_items i where i.cart_id = c.id);
    update fc_carts set call_id = adopter, orphaned_at = null, profile_id = owner
    where id = wanted and status = 'active' and orphaned_at is not null
        and not exists (select from fc_carts mine where mine.call_id = adopter and mine.status = 'active');
    if found then
        perform fc_put('fc_carts', jsonb_build_array(wishes || jsonb_build_object('id', wanted, 'profile_id', owner)),
            replaces => true);
    elsif not exists (select from fc_carts where id = wanted and call_id = adopter and status = 'active') then
        raise exception 'another call has the cart' using errcode = 'PA007';
    end if;
    return fc_cart(wanted, known);
end $$;

-- One cart, or all that were orphaned before then. Those of calls without a number have nobody who might come back.
create or replace function public.fc_abandon_carts(wanted uuid, orphaned_before timestamptz) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform fc_give_up_carts(array(
        select c.id from fc_carts c join fc_calls k on k.id = c.call_id
        where c.status = 'active' and c.orphaned_at < orphaned_before and k.caller_number is null
    ));
    update fc_carts set status = 'abandoned'
    where status = 'active' and orphaned_at is not null and (id = wanted or orphaned_at < orphaned_before);
end $$;

create or replace function public.fc_purge(began_before timestamptz, tried_before date) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    gone integer;
begin
    delete from fc_call_transcripts where call_id in (select id from fc_calls where started_at < began_before);
    get diagnostics gone = row_count;
    perform fc_give_up_carts(array(
        select c.id from fc_carts c join fc_calls k on k.id = c.call_id
        where k.started_at < began_before
            and (c.status = 'abandoned' or (c.status = 'active' and c.orphaned_at < began_before))
    ));
    delete from fc_caller_pin_tries where local_day < tried_before;
    return jsonb_build_object('lines', gone)::text;
end $$;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_give_up_carts(uuid[])', 'fc_note_alive(uuid, timestamptz)', 'fc_running_calls(text)',
        'fc_close_lost(timestamptz, uuid)', 'fc_adopt_cart(uuid, uuid, jsonb, bigint)',
        'fc_abandon_carts(uuid, timestamptz)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

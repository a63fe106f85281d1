-- Who calls: a name on the order, the PIN with its tries, carts whose call broke off, and how what is kept of a person
-- goes again. PINs are keyed by number, because a number has them and not a row.
-- PA007: another call was quicker to take the cart.

alter table public.fc_orders add column if not exists customer_name text not null default '';

create table if not exists public.fc_caller_pins (
    phone text primary key,
    pin_hash text not null,
    created_at timestamptz not null default now()
);

create table if not exists public.fc_caller_pin_tries (
    phone text not null,
    local_day date not null,
    tries integer not null check (tries >= 0),
    primary key (phone, local_day)
);

create index if not exists fc_calls_by_number on public.fc_calls (caller_number) where caller_number is not null;
create index if not exists fc_calls_of_profile on public.fc_calls (profile_id);
create index if not exists fc_carts_orphaned on public.fc_carts (orphaned_at)
where orphaned_at is not null and status = 'active';
create index if not exists fc_call_transcripts_by_time on public.fc_call_transcripts (at);

-- The newest one; the cart of a call that still runs is not orphaned.
create or replace function public.fc_find_orphaned_cart(wanted_phone text, since timestamptz, known bigint) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select fc_cart((
        select c.id from fc_carts c join fc_calls k on k.id = c.call_id
        where k.caller_number = wanted_phone and c.status = 'active' and c.orphaned_at >= since
            and exists (select from fc_cart_items i where i.cart_id = c.id)
        order by c.orphaned_at desc, c.created_at desc nulls last, c.id limit 1
    ), known)
$$;

-- Of two who take it at once, the second waits for the first and then finds it taken. A cart that the call has already
-- is the same request, sent again.
create or replace function public.fc_adopt_cart(wanted uuid, adopter uuid, known bigint) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_carts set call_id = adopter, orphaned_at = null,
        profile_id = (select profile_id from fc_calls where id = adopter)
    where id = wanted and status = 'active' and orphaned_at is not null;
    if not found and not exists (
        select from fc_carts where id = wanted and call_id = adopter and status = 'active'
    ) then
        raise exception 'another call has the cart' using errcode = 'PA007';
    end if;
    return fc_cart(wanted, known);
end $$;

-- One at a time per number, which belongs to one profile: where another call was quicker, to the one that it made.
create or replace function public.fc_remember(profile jsonb, location jsonb, preferences jsonb) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    owner uuid;
begin
    perform pg_advisory_xact_lock(hashtextextended('phone ' || (profile ->> 'phone'), 0));
    select id into owner from fc_profiles where phone = profile ->> 'phone';
    if owner is null or owner = (profile ->> 'id')::uuid then
        owner := profile ->> 'id';
        perform fc_save_profile(profile, location, preferences);
    end if;
    return fc_find_profile(wanted_id => owner);
end $$;

-- Everything about that number but the orders, which stay for the books, with dishes and amounts only.
create or replace function public.fc_forget(wanted_phone text) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    people uuid[] := array(
        select id from fc_profiles where phone = wanted_phone
        union select p.id from fc_calls k join fc_profiles p on p.id = k.profile_id
        where k.caller_number = wanted_phone and p.phone is null
    );
    calls uuid[] := array(select id from fc_calls where caller_number = wanted_phone or profile_id = any (people));
begin
    delete from fc_call_transcripts where call_id = any (calls);
    update fc_orders set customer_name = '', address = '', zip_code = '', order_note = '', allergy_note = '',
        satisfaction_notes = null
    where profile_id = any (people);
    update fc_order_items set notes = null
    where order_id in (select id from fc_orders where profile_id = any (people));
    update fc_carts set status = 'abandoned', orphaned_at = null
    where profile_id = any (people) and status = 'active' and orphaned_at is not null;
    update fc_carts set notes = null, address = '', zip_code = '', order_note = '', allergy_note = ''
    where profile_id = any (people) and status <> 'active';
    update fc_cart_items set instructions = null
    where cart_id in (select id from fc_carts where profile_id = any (people) and status <> 'active');
    delete from fc_quotes where call_id = any (calls);
    update fc_feedback set notes = null where profile_id = any (people);
    delete from fc_preferences where profile_id = any (people);
    delete from fc_layouts where profile_id = any (people);
    update fc_profiles set household_name = null, phone = null, default_location = null, default_layout = null,
        current_layout = null
    where id = any (people);
    delete from fc_caller_pins where phone = wanted_phone;
    delete from fc_caller_pin_tries where phone = wanted_phone;
    update fc_calls set caller_number = null where caller_number = wanted_phone;
    return jsonb_build_object('known', cardinality(people) > 0)::text;
end $$;

create or replace function public.fc_purge(began_before timestamptz, tried_before date) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    gone integer;
begin
    delete from fc_call_transcripts where call_id in (select id from fc_calls where started_at < began_before);
    get diagnostics gone = row_count;
    delete from fc_caller_pin_tries where local_day < tried_before;
    return jsonb_build_object('lines', gone)::text;
end $$;

-- Without a hash the number has no PIN any more.
create or replace function public.fc_save_pin(wanted_phone text, hash text) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    if hash is null then
        delete from fc_caller_pins where phone = wanted_phone;
    else
        insert into fc_caller_pins (phone, pin_hash) values (wanted_phone, hash)
        on conflict (phone) do update set pin_hash = excluded.pin_hash;
    end if;
end $$;

create or replace function public.fc_has_pin(wanted_phone text) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object('known', exists (select from fc_caller_pins where phone = wanted_phone))::text
$$;

-- Counted before anything is compared, so that calls at the same moment share the tries. A try whose answer was lost
-- counts as well: it may have told a guesser something.
create or replace function public.fc_take_pin_try(wanted_phone text, day date, most integer) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    held text;
begin
    select pin_hash into held from fc_caller_pins where phone = wanted_phone;
    if held is null then
        return jsonb_build_object('pin_hash', null, 'is_allowed', false)::text;
    end if;
    insert into fc_caller_pin_tries as t (phone, local_day, tries) values (wanted_phone, day, 1)
    on conflict (phone, local_day) do update set tries = t.tries + 1 where t.tries < most;
    return jsonb_build_object('pin_hash', held, 'is_allowed', found)::text;
end $$;

create or replace function public.fc_give_back_pin_try(wanted_phone text, day date) returns void
language sql security invoker set search_path = public, pg_temp as $$
    update fc_caller_pin_tries set tries = tries - 1 where phone = wanted_phone and local_day = day and tries > 0
$$;

do $$
declare
    target text;
begin
    foreach target in array array['fc_caller_pins', 'fc_caller_pin_tries'] loop
        execute format('alter table public.%I enable row level security', target);
        execute format('revoke all on public.%I from public, anon, authenticated', target);
        execute format('grant select, insert, update, delete on public.%I to service_role', target);
    end loop;
end $$;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_find_orphaned_cart(text, timestamptz, bigint)', 'fc_adopt_cart(uuid, uuid, bigint)',
        'fc_remember(jsonb, jsonb, jsonb)', 'fc_forget(text)', 'fc_purge(timestamptz, date)',
        'fc_save_pin(text, text)', 'fc_has_pin(text)', 'fc_take_pin_try(text, date, integer)',
        'fc_give_back_pin_try(text, date)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

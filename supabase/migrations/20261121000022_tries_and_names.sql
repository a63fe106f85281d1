-- Which tries of a PIN were counted: one that is sent again, because its answer was lost, counts once, and is given
-- back once. The functions that calls of an earlier version use stay until those have ended.
-- And a name that is told after "forget me", for an order of the same call, goes when that order is handed over.

alter table public.fc_caller_pin_tries add column if not exists tried text[] not null default '{}';

-- Counted before anything is compared, so that calls at the same moment share the tries.
create or replace function public.fc_take_pin_try(wanted_phone text, day date, most integer, try text) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    held text;
begin
    select pin_hash into held from fc_caller_pins where phone = wanted_phone;
    if held is null then
        return jsonb_build_object('pin_hash', null, 'is_allowed', false)::text;
    end if;
    insert into fc_caller_pin_tries as t (phone, local_day, tries, tried) values (wanted_phone, day, 1, array[try])
    on conflict (phone, local_day) do update set tries = t.tries + 1, tried = t.tried || try
        where t.tries < most and try <> all (t.tried);
    return jsonb_build_object('pin_hash', held, 'is_allowed', exists (
        select from fc_caller_pin_tries where phone = wanted_phone and local_day = day and try = any (tried)
    ))::text;
end $$;

create or replace function public.fc_give_back_pin_try(wanted_phone text, day date, try text) returns void
language sql security invoker set search_path = public, pg_temp as $$
    update fc_caller_pin_tries set tries = tries - 1, tried = array_remove(tried, try)
    where phone = wanted_phone and local_day = day and try = any (tried) and tries > 0
$$;

-- A new PIN has new tries.
create or replace function public.fc_save_pin(wanted_phone text, hash text) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    delete from fc_caller_pin_tries where phone = wanted_phone;
    if hash is null then
        delete from fc_caller_pins where phone = wanted_phone;
    else
        insert into fc_caller_pins (phone, pin_hash) values (wanted_phone, hash)
        on conflict (phone) do update set pin_hash = excluded.pin_hash;
    end if;
end $$;

create or replace function public.fc_forget_handed_over(handed_over jsonb) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    done uuid[] := array(
        select o.id from fc_orders o join fc_profiles p on p.id = o.profile_id
        where p.forgotten_at is not null and (
            handed_over -> 'states' ? o.status
            or coalesce(o.arrives_at, o.ready_at, o.created_at) < (handed_over ->> 'due_before')::timestamptz
        )
    );
    ended uuid[] := array(
        select c.id from fc_carts c join fc_profiles p on p.id = c.profile_id
        where p.forgotten_at is not null and c.status <> 'active'
    );
begin
    update fc_orders set address = '', zip_code = '', order_note = '', allergy_note = '', customer_name = '',
        satisfaction_notes = null
    where id = any (done) and (
        concat(address, zip_code, order_note, allergy_note, customer_name) <> '' or satisfaction_notes is not null
    );
    update fc_order_items set notes = null where order_id = any (done) and notes is not null;
    delete from fc_quotes where id::text in (select idempotency_key from fc_orders where id = any (done));
    update fc_carts set notes = null, address = '', zip_code = '', order_note = '', allergy_note = ''
    where id = any (ended) and (notes is not null or concat(address, zip_code, order_note, allergy_note) <> '');
    update fc_cart_items set instructions = null where cart_id = any (ended) and instructions is not null;
end $$;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_take_pin_try(text, date, integer, text)', 'fc_give_back_pin_try(text, date, text)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

-- A tool call is one round trip: a checkout writes the cart and reads what its quote is made from, and what was quoted
-- comes with the order that is placed. A quote is a row from then on, or from when it is withdrawn: a quote that ends as
-- it begins is withdrawn. The functions that calls of an earlier version use stay until those have ended.

-- kitchen: {"since", "until", "cooking"}, as fc_kitchen_load takes them.
create or replace function public.fc_load_of(restaurant uuid, kitchen jsonb) returns jsonb
language sql stable security invoker set search_path = public, pg_temp as $$
    select fc_kitchen_load(
        restaurant, (kitchen ->> 'since')::timestamptz, (kitchen ->> 'until')::timestamptz,
        array(select jsonb_array_elements_text(kitchen -> 'cooking'))
    )::jsonb
$$;

-- The cart with what else a quote is made from, all of one moment: the versions of its dishes and of its restaurant, and
-- how full that kitchen is.
create or replace function public.fc_frozen_cart(wanted uuid, kitchen jsonb, known bigint) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select (fc_cart(wanted, known)::jsonb || jsonb_build_object(
        'versions', (
            select coalesce(jsonb_object_agg(id, version), '{}') from (
                select id, version from fc_menu_items where id = any (fc_dishes_of_cart(wanted))
                union all select id, version from fc_restaurants where id = c.restaurant_id
            ) as quoted
        ),
        'load', fc_load_of(c.restaurant_id, kitchen)
    ))::text
    from fc_carts c where c.id = wanted
$$;

create or replace function public.fc_freeze_cart(
    cart jsonb, lines jsonb, options jsonb, expected integer, kitchen jsonb, known bigint
) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform fc_save_cart(cart, lines, options, expected, (select version from fc_menu_version));
    return fc_frozen_cart((cart ->> 'id')::uuid, kitchen, known);
end $$;

create or replace function public.fc_adopt_cart(
    wanted uuid, adopter uuid, wishes jsonb, kitchen jsonb, known bigint
) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform fc_adopt_cart(wanted, adopter, wishes, (select version from fc_menu_version));
    return fc_frozen_cart(wanted, kitchen, known);
end $$;

-- Written by whoever comes first; everybody else waits for that and then finds it. The cart is held before its quote.
create or replace function public.fc_keep_quote(quote jsonb) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform from fc_carts where id = (quote ->> 'cart_id')::uuid for update;
    if found then
        perform fc_put('fc_quotes', jsonb_build_array(quote));
    end if;
    perform from fc_quotes where id = (quote ->> 'id')::uuid for update;
end $$;

-- The order that it has made, or none for ever. A request to place it that is still under way is waited for, and one
-- that comes later finds it withdrawn, with nothing personal left in it.
create or replace function public.fc_withdraw_quote(quote jsonb) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    made uuid;
begin
    perform fc_keep_quote(quote);
    select id into made from fc_orders where idempotency_key = quote ->> 'id';
    if made is null then
        update fc_quotes set valid_until = created_at, lines = '[]', address = '', zip_code = '', order_note = '',
            allergy_note = ''
        where id = (quote ->> 'id')::uuid;
    end if;
    return fc_orders_with_lines(array[made]);
end $$;

create or replace function public.fc_refuse_unless_current(quote fc_quotes, at timestamptz) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    cart fc_carts;
begin
    if quote.valid_until <= quote.created_at then
        raise exception 'the quote was withdrawn' using errcode = 'PA001';
    end if;
    if at >= quote.valid_until then
        raise exception 'the quote is too old' using errcode = 'PA003';
    end if;
    select * into cart from fc_carts where id = quote.cart_id for update;
    if cart.status <> 'active' or cart.version <> quote.cart_version then
        raise exception 'the cart has changed' using errcode = 'PA001';
    end if;
    if fc_item_versions(array(select key::uuid from jsonb_object_keys(quote.item_versions) as key))
        is distinct from quote.item_versions then
        raise exception 'the menu has changed' using errcode = 'PA002';
    end if;
end $$;

-- Where the slot has filled, the load says which ones have not.
create or replace function public.fc_place_order(
    quote jsonb, placed jsonb, lines jsonb, options jsonb, event jsonb, at timestamptz, kitchen jsonb
) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform fc_keep_quote(quote);
    return fc_place_order((quote ->> 'id')::uuid, placed, lines, options, event, at);
exception when sqlstate 'PA006' then
    return jsonb_build_object('full', fc_load_of((placed ->> 'restaurant_id')::uuid, kitchen))::text;
end $$;

-- A section that is switched off takes its dishes with it, and the combos that they are part of.
create or replace function public.fc_menu_section_switched() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    update public.fc_menu_items set version = version + 1
    where section_id = new.id or id in (
        select g.menu_item_id from public.fc_menu_item_option_choices c
        join public.fc_menu_item_option_groups g on g.id = c.option_group_id
        join public.fc_menu_items part on part.id = c.item_id where part.section_id = new.id
    );
    return null;
end $$;

create or replace trigger fc_menu_sections_switched after update on public.fc_menu_sections
for each row when (old.is_active is distinct from new.is_active)
execute function public.fc_menu_section_switched();

-- Who is forgotten while an order is under way: what the kitchen needs of it goes when it is handed over, or should
-- long have been. handed_over: {"states", "due_before"}.
alter table public.fc_profiles add column if not exists forgotten_at timestamptz;
create index if not exists fc_profiles_forgotten on public.fc_profiles (id) where forgotten_at is not null;

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
    update fc_orders set address = '', zip_code = '', order_note = '', allergy_note = '', satisfaction_notes = null
    where id = any (done)
        and (concat(address, zip_code, order_note, allergy_note) <> '' or satisfaction_notes is not null);
    update fc_order_items set notes = null where order_id = any (done) and notes is not null;
    delete from fc_quotes where id::text in (select idempotency_key from fc_orders where id = any (done));
    update fc_carts set notes = null, address = '', zip_code = '', order_note = '', allergy_note = ''
    where id = any (ended) and (notes is not null or concat(address, zip_code, order_note, allergy_note) <> '');
    update fc_cart_items set instructions = null where cart_id = any (ended) and instructions is not null;
end $$;

-- Everything about that number but the orders, which stay for the books, with dishes and amounts only.
create or replace function public.fc_forget(wanted_phone text, at timestamptz, handed_over jsonb) returns text
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
    delete from fc_messages where caller_number = wanted_phone or call_id = any (calls);
    -- One that was withdrawn stays, with nothing personal in it: a request to place it may still be under way.
    delete from fc_quotes q
    where q.call_id = any (calls) and q.valid_until > q.created_at
        and not exists (select from fc_orders o where o.idempotency_key = q.id::text);
    update fc_call_reports set tools = '[]' where call_id = any (calls);
    update fc_carts set status = 'abandoned', orphaned_at = null
    where profile_id = any (people) and status = 'active' and orphaned_at is not null;
    update fc_orders set customer_name = '' where profile_id = any (people);
    update fc_feedback set notes = null where profile_id = any (people);
    delete from fc_preferences where profile_id = any (people);
    delete from fc_layouts where profile_id = any (people);
    update fc_profiles set household_name = null, phone = null, default_location = null, default_layout = null,
        current_layout = null, forgotten_at = at
    where id = any (people);
    delete from fc_caller_pins where phone = wanted_phone;
    delete from fc_caller_pin_tries where phone = wanted_phone;
    update fc_calls set caller_number = null where caller_number = wanted_phone;
    perform fc_forget_handed_over(handed_over);
    return jsonb_build_object('known', cardinality(people) > 0)::text;
end $$;

create or replace function public.fc_purge(began_before timestamptz, tried_before date, handed_over jsonb) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform fc_forget_handed_over(handed_over);
    delete from fc_messages where call_id in (select id from fc_calls where started_at < began_before);
    return fc_purge(began_before, tried_before);
end $$;

create or replace function public.fc_change_order_status(
    event jsonb, known_states text[], legal jsonb, handed_over jsonb
) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    answer text := fc_change_order_status(event, known_states, legal);
begin
    if handed_over -> 'states' ? (event ->> 'status') then
        perform fc_forget_handed_over(handed_over);
    end if;
    return answer;
end $$;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_frozen_cart(uuid, jsonb, bigint)', 'fc_load_of(uuid, jsonb)',
        'fc_freeze_cart(jsonb, jsonb, jsonb, integer, jsonb, bigint)',
        'fc_adopt_cart(uuid, uuid, jsonb, jsonb, bigint)', 'fc_keep_quote(jsonb)', 'fc_withdraw_quote(jsonb)',
        'fc_place_order(jsonb, jsonb, jsonb, jsonb, jsonb, timestamptz, jsonb)', 'fc_menu_section_switched()',
        'fc_forget_handed_over(jsonb)', 'fc_forget(text, timestamptz, jsonb)', 'fc_purge(timestamptz, date, jsonb)',
        'fc_change_order_status(jsonb, text[], jsonb, jsonb)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

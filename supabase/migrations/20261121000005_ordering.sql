-- Quotes and orders, as functions of the kind that the file before this one describes.

-- The items stay as they are until the end, so that the versions written and the menu answered are of one moment.
create or replace function public.fc_item_versions(wanted uuid[]) returns jsonb
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform from fc_menu_items where id = any (wanted) order by id for share;
    return (select coalesce(jsonb_object_agg(id, version), '{}') from fc_menu_items where id = any (wanted));
end $$;

-- Every dish in the cart; a half of a dish is one too.
create or replace function public.fc_dishes_of_cart(wanted uuid) returns uuid[]
language plpgsql stable security invoker set search_path = public, pg_temp as $$
begin
    return array(
        select menu_item_id from fc_cart_items where cart_id = wanted
        union select other_half_id from fc_cart_items where cart_id = wanted and other_half_id is not null
    );
end $$;

create or replace function public.fc_save_quote(quote jsonb, known bigint) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    wanted uuid := quote ->> 'cart_id';
    held integer;
begin
    select version into held from fc_carts where id = wanted for update;
    if held is distinct from (quote ->> 'cart_version')::integer then
        raise exception 'the cart has another version' using errcode = 'PA001';
    end if;
    perform fc_put('fc_quotes',
        jsonb_build_array(quote || jsonb_build_object('item_versions', fc_item_versions(fc_dishes_of_cart(wanted)))));
    return fc_cart(wanted, known);
end $$;

create or replace function public.fc_drop_quote(wanted uuid) returns void
language sql security invoker set search_path = public, pg_temp as $$
    delete from fc_quotes where id = wanted
$$;

create or replace function public.fc_orders_with_lines(wanted uuid[]) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'orders', (
            select jsonb_agg(to_jsonb(o) order by o.created_at desc, o.order_number desc, o.id)
            from fc_orders o where o.id = any (wanted)
        ),
        'lines', (
            select jsonb_agg(to_jsonb(l) order by l.position, l.id)
            from fc_order_items l where l.order_id = any (wanted)
        ),
        'options', (
            select jsonb_agg(to_jsonb(x) order by x.position, x.id)
            from fc_order_item_options x join fc_order_items l on l.id = x.order_item_id
            where l.order_id = any (wanted)
        )
    )::text
$$;

create or replace function public.fc_find_orders(wanted_profile uuid, newest integer) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select fc_orders_with_lines(array(
        select id from fc_orders where wanted_profile is null or profile_id = wanted_profile
        order by created_at desc, order_number desc, id limit newest
    ))
$$;

create or replace function public.fc_put_order(placed jsonb, lines jsonb, options jsonb, event jsonb) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    placed := placed || jsonb_build_object('cuisine',
        (select cuisine from fc_restaurants where id = (placed ->> 'restaurant_id')::uuid));
    perform fc_put('fc_orders', jsonb_build_array(placed));
    perform fc_put('fc_order_items', lines);
    perform fc_put('fc_order_item_options', options);
    perform fc_put('fc_order_events', jsonb_build_array(event));
end $$;

create or replace function public.fc_import_order(placed jsonb, lines jsonb, options jsonb, event jsonb) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('order ' || (placed ->> 'id'), 0));
    if not exists (select from fc_orders where id = (placed ->> 'id')::uuid) then
        perform fc_put_order(placed, lines, options, event);
    end if;
end $$;

-- Whether what the quote was made from still stands; the cart and the items stay as they are until the end.
create or replace function public.fc_refuse_unless_current(quote fc_quotes, at timestamptz) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    cart fc_carts;
begin
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

-- The caller of this holds the slot's lock.
create or replace function public.fc_refuse_if_full(quote fc_quotes, restaurant uuid) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    if (
        select count(*) from fc_orders
        where restaurant_id = restaurant and slot_start = quote.slot_start and status <> 'cancelled'
    ) >= quote.slot_capacity then
        raise exception 'the slot is full' using errcode = 'PA006';
    end if;
end $$;

create or replace function public.fc_place_order(
    wanted_quote uuid, placed jsonb, lines jsonb, options jsonb, event jsonb, at timestamptz
) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    made uuid;
    quote fc_quotes;
    call fc_calls;
    number integer;
begin
    select * into quote from fc_quotes where id = wanted_quote for update;
    select id into made from fc_orders where idempotency_key = wanted_quote::text;
    if made is not null then
        return fc_orders_with_lines(array[made]);
    end if;
    if quote.id is null then
        raise exception 'there is no such quote' using errcode = 'PA001';
    end if;
    perform fc_refuse_unless_current(quote, at);
    select * into call from fc_calls where id = quote.call_id;
    -- A slot is filled one order at a time. It has a lock of its own, because one of tomorrow is ordered on two days.
    if quote.slot_start is not null and quote.slot_capacity is not null then
        perform pg_advisory_xact_lock(
            hashtextextended(concat('slot ', placed ->> 'restaurant_id', quote.slot_start), 0)
        );
        perform fc_refuse_if_full(quote, (placed ->> 'restaurant_id')::uuid);
    end if;
    -- Numbers are given one at a time per restaurant and day, with no gaps.
    perform pg_advisory_xact_lock(
        hashtextextended(concat('number ', placed ->> 'restaurant_id', placed ->> 'local_day'), 0)
    );
    select coalesce(max(order_number), 0) + 1 into number from fc_orders
    where restaurant_id = (placed ->> 'restaurant_id')::uuid and local_day = (placed ->> 'local_day')::date;
    perform fc_put_order(
        placed || jsonb_build_object(
            'order_number', number, 'profile_id', call.profile_id, 'channel', call.channel,
            'customer_name', coalesce((select household_name from fc_profiles where id = call.profile_id), '')
        ),
        lines, options, event || jsonb_build_object('profile_id', call.profile_id)
    );
    update fc_carts set status = 'ordered' where id = quote.cart_id;
    update fc_calls set order_id = (placed ->> 'id')::uuid where id = quote.call_id;
    return fc_orders_with_lines(array[(placed ->> 'id')::uuid]);
end $$;

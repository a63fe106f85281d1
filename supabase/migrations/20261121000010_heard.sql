-- What a caller could not be told of: a quote is withdrawn or has made its order, orders are found by the number that
-- called, and a cart that was ordered is quoted no more. A call that an order came of has ordered, whatever its job knew.

create index if not exists fc_orders_of_call on public.fc_orders (call_id) where call_id is not null;

-- The order that it has made, or none for ever. A request to place it that is still under way is waited for, and one
-- that comes later finds no quote.
create or replace function public.fc_withdraw_quote(wanted uuid) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    made uuid;
begin
    perform from fc_quotes where id = wanted for update;
    select id into made from fc_orders where idempotency_key = wanted::text;
    if made is null then
        delete from fc_quotes where id = wanted;
    end if;
    return fc_orders_with_lines(array[made]);
end $$;

-- A quote is outdated by its restaurant too: by what an order costs there and when one is taken.
alter table public.fc_restaurants add column if not exists version integer not null default 1;

create or replace function public.fc_restaurant_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.version := greatest(new.version, old.version) + (
        (old.tax_rate_basis_points, old.timezone, old.is_active, old.hours, old.delivery, old.coupons, old.capacity)
        is distinct from
        (new.tax_rate_basis_points, new.timezone, new.is_active, new.hours, new.delivery, new.coupons, new.capacity)
    )::int;
    return new;
end $$;

create or replace trigger fc_restaurants_changed before update on public.fc_restaurants
for each row execute function public.fc_restaurant_changed();

-- Of dishes, which stay as they are until the end, and of restaurants: an import that is under way on a restaurant's row
-- is not waited for, because what is ordered before it is done was ordered before it.
create or replace function public.fc_item_versions(wanted uuid[]) returns jsonb
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform from fc_menu_items where id = any (wanted) order by id for share;
    return (
        select coalesce(jsonb_object_agg(id, version), '{}') from (
            select id, version from fc_menu_items where id = any (wanted)
            union all select id, version from fc_restaurants where id = any (wanted)
        ) as held
    );
end $$;

create or replace function public.fc_save_quote(quote jsonb, known bigint) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    wanted uuid := quote ->> 'cart_id';
    held fc_carts;
begin
    select * into held from fc_carts where id = wanted for update;
    if held.status <> 'active' then
        raise exception 'the cart was ordered' using errcode = 'PA005';
    end if;
    if held.version is distinct from (quote ->> 'cart_version')::integer then
        raise exception 'the cart has another version' using errcode = 'PA001';
    end if;
    perform fc_put('fc_quotes', jsonb_build_array(quote || jsonb_build_object(
        'item_versions', fc_item_versions(fc_dishes_of_cart(wanted) || held.restaurant_id)
    )));
    return fc_cart(wanted, known);
end $$;

create or replace function public.fc_close_call(wanted uuid, how text, why text, at timestamptz) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_calls
    set ended_at = at, outcome = case when order_id is null then how else 'ordered' end, reason = why
    where id = wanted and (ended_at is null or reason = 'lost');
    if found then
        update fc_carts set orphaned_at = at where call_id = wanted and status = 'active';
    end if;
end $$;

-- Of that profile, and of calls from that number; all where neither is given.
create or replace function public.fc_find_orders_of(wanted_profile uuid, wanted_phone text, newest integer) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select fc_orders_with_lines(array(
        select id from fc_orders
        where profile_id = wanted_profile
            or call_id in (select k.id from fc_calls k where k.caller_number = wanted_phone)
            or (wanted_profile is null and wanted_phone is null)
        order by created_at desc, order_number desc, id limit newest
    ))
$$;

-- The newest of calls that broke off. One that still runs may be an office's other line.
create or replace function public.fc_find_unheard_order(wanted_phone text, since timestamptz) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select fc_orders_with_lines(array(
        select o.id from fc_orders o join fc_calls k on k.id = o.call_id
        where k.caller_number = wanted_phone and o.created_at >= since and o.status <> 'cancelled'
            and k.reason in ('lost', 'store_unavailable', 'error')
        order by o.created_at desc, o.order_number desc limit 1
    ))
$$;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_withdraw_quote(uuid)', 'fc_item_versions(uuid[])', 'fc_restaurant_changed()', 'fc_save_quote(jsonb, bigint)',
        'fc_close_call(uuid, text, text, timestamptz)', 'fc_find_orders_of(uuid, text, integer)',
        'fc_find_unheard_order(text, timestamptz)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

-- What a restaurant lives on: hours, delivery, halves, counts, combos, sold-out marks, the history of its menu; and
-- how, when and on which terms an order is handed over. Columns with defaults only, as always.

alter table public.fc_restaurants
    add column if not exists hours jsonb not null default '{}',
    add column if not exists delivery jsonb,
    add column if not exists capacity jsonb,
    add column if not exists coupons jsonb not null default '[]',
    add column if not exists numbers text[] not null default '{}';

alter table public.fc_menu_sections add column if not exists aliases text[] not null default '{}';

alter table public.fc_menu_items
    add column if not exists prep_minutes integer,
    add column if not exists day_parts text[] not null default '{}',
    add column if not exists minimum_age integer not null default 0,
    add column if not exists half_price text check (half_price in ('dearer', 'average')),
    add column if not exists sold_out_at timestamptz,
    add column if not exists sold_out_until timestamptz;
create index if not exists fc_menu_items_sold_out on public.fc_menu_items (sold_out_until)
where sold_out_until is not null;

alter table public.fc_menu_item_option_groups
    add column if not exists aliases text[] not null default '{}',
    add column if not exists has_halves boolean not null default false;

alter table public.fc_menu_item_option_choices
    add column if not exists price_by_size jsonb not null default '{}',
    add column if not exists most integer not null default 1,
    add column if not exists is_available boolean not null default true,
    add column if not exists item_id uuid references public.fc_menu_items (id);
create index if not exists fc_option_choices_for_item on public.fc_menu_item_option_choices (item_id)
where item_id is not null;

alter table public.fc_cart_items
    add column if not exists other_half_id uuid references public.fc_menu_items (id);
alter table public.fc_cart_item_options
    add column if not exists count integer not null default 1 check (count > 0),
    add column if not exists half text check (half in ('left', 'right'));

create table if not exists public.fc_menu_imports (
    id uuid primary key,
    rowid bigint generated always as identity,
    imported_at timestamptz not null,
    checksum text not null,
    source text not null,
    text text not null
);
create index if not exists fc_menu_imports_by_time on public.fc_menu_imports (imported_at);

do $$
declare
    target text;
begin
    foreach target in array array['fc_carts', 'fc_quotes', 'fc_orders'] loop
        execute format(
            'alter table public.%I '
            'add column if not exists fulfilment text not null default ''pickup'', '
            'add column if not exists requested_at timestamptz, '
            'add column if not exists address text not null default '''', '
            'add column if not exists zip_code text not null default '''', '
            'add column if not exists order_note text not null default '''', '
            'add column if not exists allergy_note text not null default '''', '
            'add column if not exists coupon text not null default ''''', target
        );
    end loop;
end $$;

alter table public.fc_carts
    add column if not exists tip_percent integer not null default 0,
    add column if not exists tip numeric(10, 2) not null default 0;

alter table public.fc_quotes
    add column if not exists discount numeric(10, 2) not null default 0,
    add column if not exists fees numeric(10, 2) not null default 0,
    add column if not exists tip numeric(10, 2) not null default 0,
    add column if not exists payment_method text not null default 'at_pickup',
    add column if not exists arrives_at timestamptz,
    add column if not exists slot_start timestamptz,
    add column if not exists slot_capacity integer;

alter table public.fc_orders
    add column if not exists discount numeric(10, 2) not null default 0,
    add column if not exists arrives_at timestamptz,
    add column if not exists slot_start timestamptz;
-- How full the kitchen is, is asked with every quote.
create index if not exists fc_orders_of_kitchen on public.fc_orders (restaurant_id, ready_at);
create index if not exists fc_orders_by_slot on public.fc_orders (restaurant_id, slot_start);

-- The order in which they came, as SQLite keeps it for every table.
alter table public.fc_order_events add column if not exists rowid bigint generated always as identity;

-- What the phone line placed, a caller has confirmed. A channel that leaves the column to its default means the same.
update public.fc_orders set status = 'confirmed' where status = 'placed' and order_number is not null;
update public.fc_order_events set status = 'confirmed' where status = 'placed' and intent = 'order_placed';

-- A combo is outdated by its parts: they decide about an order as its own columns do.
create or replace function public.fc_combo_part_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if public.fc_differs(old, new) then
        update public.fc_menu_items set version = version + 1 where id <> new.id and id in (
            select g.menu_item_id from public.fc_menu_item_option_choices c
            join public.fc_menu_item_option_groups g on g.id = c.option_group_id where c.item_id = new.id
        );
    end if;
    return null;
end $$;

create or replace trigger fc_combo_parts_changed after update on public.fc_menu_items
for each row execute function public.fc_combo_part_changed();

-- The dishes are held in the order in which imports, quotes and orders hold them: a combo is held with its part.
create or replace function public.fc_mark_item(wanted text, sold_out boolean, until timestamptz) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform from fc_menu_items order by id for update;
    update fc_menu_items
    set is_available = not sold_out, sold_out_at = case when sold_out then now() end, sold_out_until = until
    where id::text = wanted;
    return jsonb_build_object('found', found)::text;
end $$;

create or replace function public.fc_load_wishes(wanted uuid) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select to_jsonb(c)::text from fc_carts c where id = wanted
$$;

-- Orders that are due in the period and not ready, and orders per slot from its beginning on.
create or replace function public.fc_kitchen_load(
    restaurant uuid, since timestamptz, until timestamptz, cooking text[]
) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'open', (
            select count(*) from fc_orders
            where restaurant_id = restaurant and ready_at between since and until and status = any (cooking)
        ),
        'slots', (
            select coalesce(jsonb_object_agg(to_jsonb(slot_start) #>> '{}', orders), '{}') from (
                select slot_start, count(*) as orders from fc_orders
                where restaurant_id = restaurant and ready_at >= since and slot_start is not null
                    and status <> 'cancelled'
                group by slot_start
            ) as slots
        )
    )::text
$$;

-- legal: by how the order is handed over, the states that it may come from. known_states: any other is read as
-- confirmed. An event that is there already is the same request, sent again.
create or replace function public.fc_change_order_status(event jsonb, known_states text[], legal jsonb) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    held fc_orders;
    changed boolean;
begin
    select * into held from fc_orders where id::text = event ->> 'order_id' for update;
    changed := exists (select from fc_order_events where id = (event ->> 'id')::uuid);
    if not changed and held.id is not null and (legal -> held.fulfilment)
        ? (case when held.status = any (known_states) then held.status else 'confirmed' end) then
        update fc_orders set status = event ->> 'status' where id = held.id;
        perform fc_put('fc_order_events', jsonb_build_array(event || jsonb_build_object(
            'profile_id', held.profile_id, 'restaurant_id', held.restaurant_id,
            'restaurant_name', held.restaurant_name
        )));
        changed := true;
    end if;
    return (fc_orders_with_lines(array[held.id])::jsonb || jsonb_build_object('changed', changed))::text;
end $$;

-- Calls whose worker died: nobody else closes them.
create or replace function public.fc_close_lost_calls(began_before timestamptz, at timestamptz) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    lost uuid[];
begin
    with closed as (
        update fc_calls set ended_at = at, reason = 'lost',
            outcome = case when order_id is null then 'failed' else 'ordered' end
        where ended_at is null and started_at < began_before returning id
    )
    select coalesce(array_agg(id), '{}') into lost from closed;
    update fc_carts set orphaned_at = at where call_id = any (lost) and status = 'active';
    return jsonb_build_object('closed', cardinality(lost))::text;
end $$;

alter table public.fc_menu_imports enable row level security;
revoke all on public.fc_menu_imports from public, anon, authenticated;
grant select, insert, update, delete on public.fc_menu_imports to service_role;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_mark_item(text, boolean, timestamptz)', 'fc_load_wishes(uuid)',
        'fc_kitchen_load(uuid, timestamptz, timestamptz, text[])',
        'fc_change_order_status(jsonb, text[], jsonb)', 'fc_close_lost_calls(timestamptz, timestamptz)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

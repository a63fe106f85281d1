-- Versions are raised here and not by the writers, so that a writer who has never heard of them counts too. These
-- functions run with the rights of their owner: who may change a cart line need not be able to see the cart.

create table if not exists public.fc_menu_version (
    id integer primary key default 1 check (id = 1),
    version bigint not null default 1
);
insert into public.fc_menu_version default values on conflict do nothing;

-- Whether something other than these columns has changed: they outdate no quote.
create or replace function public.fc_differs(before anyelement, after anyelement) returns boolean
language sql immutable set search_path = '' as $$
    select (to_jsonb(before) - cosmetic) is distinct from (to_jsonb(after) - cosmetic)
    from (values (array[
        'version', 'rating', 'ratings_count', 'description', 'image', 'calories', 'tags', 'aliases', 'allergens',
        'slug', 'section_id', 'position', 'help_text', 'title', 'is_default', 'created_at', 'updated_at',
        'prep_minutes', 'sold_out_at', 'sold_out_until'
    ])) as ignored (cosmetic)
$$;

create or replace function public.fc_menu_item_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.version := greatest(new.version, old.version) + public.fc_differs(old, new)::int;
    return new;
end $$;

create or replace function public.fc_option_group_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op <> 'UPDATE' or public.fc_differs(old, new) then
        update public.fc_menu_items set version = version + 1
        where id in (case when tg_op <> 'DELETE' then new.menu_item_id end,
                     case when tg_op <> 'INSERT' then old.menu_item_id end);
    end if;
    return null;
end $$;

create or replace function public.fc_option_choice_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op <> 'UPDATE' or public.fc_differs(old, new) then
        update public.fc_menu_items set version = version + 1 where id in (
            select g.menu_item_id from public.fc_menu_item_option_groups g
            where g.id in (case when tg_op <> 'DELETE' then new.option_group_id end,
                           case when tg_op <> 'INSERT' then old.option_group_id end)
        );
    end if;
    return null;
end $$;

create or replace function public.fc_cart_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.version := greatest(new.version, old.version)
        + ((old.restaurant_id, old.notes) is distinct from (new.restaurant_id, new.notes))::int;
    return new;
end $$;

create or replace function public.fc_cart_item_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    update public.fc_carts set version = version + 1
    where id in (case when tg_op <> 'DELETE' then new.cart_id end, case when tg_op <> 'INSERT' then old.cart_id end);
    return null;
end $$;

create or replace function public.fc_cart_item_option_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    update public.fc_carts set version = version + 1 where id in (
        select l.cart_id from public.fc_cart_items l
        where l.id in (case when tg_op <> 'DELETE' then new.cart_item_id end,
                       case when tg_op <> 'INSERT' then old.cart_item_id end)
    );
    return null;
end $$;

create or replace trigger fc_menu_items_changed before update on public.fc_menu_items
for each row execute function public.fc_menu_item_changed();

create or replace trigger fc_option_groups_changed
after insert or update or delete on public.fc_menu_item_option_groups
for each row execute function public.fc_option_group_changed();

create or replace trigger fc_option_choices_changed
after insert or update or delete on public.fc_menu_item_option_choices
for each row execute function public.fc_option_choice_changed();

create or replace trigger fc_carts_changed before update on public.fc_carts
for each row execute function public.fc_cart_changed();

create or replace trigger fc_cart_items_changed after insert or update or delete on public.fc_cart_items
for each row execute function public.fc_cart_item_changed();

create or replace trigger fc_cart_item_options_changed
after insert or update or delete on public.fc_cart_item_options
for each row execute function public.fc_cart_item_option_changed();

-- The menu as a whole: one version, raised once per statement that changed a row.
create or replace function public.fc_menu_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if exists (select from changed) then
        update public.fc_menu_version set version = version + 1;
    end if;
    return null;
end $$;

do $$
declare
    menu_table text;
    event record;
begin
    foreach menu_table in array array[
        'fc_restaurants', 'fc_menu_sections', 'fc_menu_items', 'fc_menu_item_option_groups',
        'fc_menu_item_option_choices'
    ] loop
        for event in
            select * from (values ('insert', 'new'), ('update', 'new'), ('delete', 'old')) as e (name, image)
        loop
            execute format(
                'create or replace trigger %I after %s on public.%I referencing %s table as changed '
                'for each statement execute function public.fc_menu_changed()',
                menu_table || '_menu_' || event.name, event.name, menu_table, event.image
            );
        end loop;
    end loop;
end $$;

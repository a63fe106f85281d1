-- What must be atomic is one function here, called by the store over the data API. None holds a business rule: they
-- compare versions and times and write the rows that they are given. Rows come as the store writes them everywhere:
-- money as text, and lists as JSON in a text. Answers are JSON in a text, so that no reader makes floats of the money.
-- Errors of our own: PA001 the cart changed, PA002 the menu changed, PA003 too late, PA004 the cart was changed
-- elsewhere, PA005 the cart was ordered, PA006 the slot is full; PA007 another call took the cart.

create or replace function public.fc_clean(target regclass, given jsonb) returns jsonb
language sql stable security invoker set search_path = public, pg_temp as $$
    with structured as (
        select array_agg(a.attname::text) as names
        from pg_attribute a join pg_type t on t.oid = a.atttypid
        where a.attrelid = target and a.attnum > 0 and (t.typcategory = 'A' or t.typname in ('json', 'jsonb'))
    )
    select coalesce(jsonb_agg((
        select jsonb_object_agg(key, case
            when jsonb_typeof(value) = 'string' and key = any (structured.names) then (value #>> '{}')::jsonb
            else value
        end)
        from jsonb_each(line.value)
    ) order by line.ordinality), '[]')
    from jsonb_array_elements(given) with ordinality as line, structured
$$;

-- All rows have the same columns; columns that are not given keep their defaults. A row whose id is there already is
-- left as it is, or replaced where it differs.
create or replace function public.fc_put(target regclass, given jsonb, replaces boolean default false) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    names text;
    changes text;
    befores text;
    afters text;
begin
    select string_agg(format('%I', key), ', '),
        string_agg(format('%1$I = excluded.%1$I', key), ', '),
        string_agg(format('kept.%I', key), ', '),
        string_agg(format('excluded.%I', key), ', ')
    into names, changes, befores, afters
    from jsonb_object_keys(given -> 0) as key;
    if names is not null then
        execute format(
            'insert into %1$s as kept (%2$s) select %2$s from jsonb_populate_recordset(null::%1$s, $1) '
            'on conflict (id) do %3$s', target, names,
            case when replaces
                then format('update set %s where (%s) is distinct from (%s)', changes, befores, afters)
                else 'nothing'
            end
        ) using fc_clean(target, given);
    end if;
end $$;

-- The whole menu, or only its version where the reader knows that already.
create or replace function public.fc_menu(known bigint) returns jsonb
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object('version', version, 'tables', case when version is distinct from known then
        jsonb_build_object(
            'fc_restaurants', (select jsonb_agg(to_jsonb(t) order by position, id) from fc_restaurants t),
            'fc_menu_sections', (select jsonb_agg(to_jsonb(t) order by position, id) from fc_menu_sections t),
            'fc_menu_items', (select jsonb_agg(to_jsonb(t) order by position, id) from fc_menu_items t),
            'fc_menu_item_option_groups',
            (select jsonb_agg(to_jsonb(t) order by position, id) from fc_menu_item_option_groups t),
            'fc_menu_item_option_choices',
            (select jsonb_agg(to_jsonb(t) order by position, id) from fc_menu_item_option_choices t)
        )
    end)
    from fc_menu_version
$$;

-- Dishes whose time has come are back first, in the column that other channels read as well.
create or replace function public.fc_load_menu(known bigint) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    if exists (select from fc_menu_items where sold_out_until <= now()) then
        perform from fc_menu_items order by id for update;
        update fc_menu_items set is_available = true, sold_out_at = null, sold_out_until = null
        where sold_out_until <= now();
    end if;
    return jsonb_build_object('menu', fc_menu(known))::text;
end $$;

-- pieces: [{"table", "mark", "rows"}], parents first; rows that are no longer given have their mark taken away, and
-- what staff marked as sold out stays so. imports: the file that it was, for the history.
create or replace function public.fc_save_menu(pieces jsonb, imports jsonb) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    piece jsonb;
begin
    -- In the order in which quotes and orders hold dishes, so that neither waits for the other for ever.
    perform from fc_menu_items order by id for update;
    for piece in select value from jsonb_array_elements(pieces) loop
        perform fc_put((piece ->> 'table')::regclass, piece -> 'rows', replaces => true);
        execute format(
            'update %1$s set %2$I = false where %2$I and id not in (select (r ->> ''id'')::uuid from '
            'jsonb_array_elements($1) r)', (piece ->> 'table')::regclass, piece ->> 'mark'
        ) using piece -> 'rows';
    end loop;
    update fc_menu_items set is_available = false where sold_out_at is not null and is_available;
    perform fc_put('fc_menu_imports', imports);
end $$;

create or replace function public.fc_find_profile(wanted_id uuid default null, wanted_phone text default null)
returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'profile', to_jsonb(p),
        'preferences', (
            select to_jsonb(f) from fc_preferences f where f.profile_id = p.id
            order by f.created_at desc nulls last, f.id limit 1
        )
    )::text
    from fc_profiles p where p.id = wanted_id or p.phone = wanted_phone
$$;

-- What other channels put beside the city is kept.
create or replace function public.fc_save_profile(profile jsonb, location jsonb, preferences jsonb) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    owner uuid := profile ->> 'id';
begin
    perform fc_put('fc_profiles', jsonb_build_array(profile), replaces => true);
    update fc_profiles set updated_at = now(), default_location = (coalesce(default_location, '{}') || location)
        - coalesce((select array_agg(key) from jsonb_each(location) where value = 'null'), '{}')
    where id = owner;
    -- Elsewhere a profile may have several: the newest counts.
    select preferences || jsonb_build_object('id', id) into preferences from (
        select coalesce((
            select f.id from fc_preferences f where f.profile_id = owner
            order by f.created_at desc nulls last, f.id limit 1
        ), (preferences ->> 'id')::uuid) as id
    ) as newest;
    perform fc_put('fc_preferences', jsonb_build_array(preferences), replaces => true);
end $$;

create or replace function public.fc_close_call(wanted uuid, how text, why text, at timestamptz) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    update fc_calls set ended_at = at, outcome = how, reason = why where id = wanted and ended_at is null;
    if found then
        update fc_carts set orphaned_at = at where call_id = wanted and status = 'active';
    end if;
end $$;

create or replace function public.fc_cart(wanted uuid, known bigint) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object(
        'cart', (select to_jsonb(c) from fc_carts c where c.id = wanted),
        'lines', (
            select jsonb_agg(to_jsonb(l) order by l.position, l.id) from fc_cart_items l where l.cart_id = wanted
        ),
        'options', (
            select jsonb_agg(to_jsonb(o) order by o.position, o.id)
            from fc_cart_item_options o join fc_cart_items l on l.id = o.cart_item_id where l.cart_id = wanted
        ),
        'menu', fc_menu(known)
    )::text
$$;

create or replace function public.fc_find_cart(wanted_call uuid, known bigint) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select fc_cart((
        select id from fc_carts where call_id = wanted_call and status = 'active'
        order by created_at desc nulls last limit 1
    ), known)
$$;

-- Whether the cart holds these very rows: then the writer had written them before and has lost the answer.
create or replace function public.fc_holds(wanted uuid, lines jsonb, options jsonb) returns boolean
language sql stable security invoker set search_path = public, pg_temp as $$
    with held_lines as (select l from fc_cart_items l where l.cart_id = wanted),
    held_options as (
        select o from fc_cart_item_options o where o.cart_item_id in (select (l).id from held_lines)
    )
    select (select count(*) from held_lines) = jsonb_array_length(lines)
        and (select count(*) from held_options) = jsonb_array_length(options)
        and not exists (
            select from jsonb_array_elements(fc_clean('fc_cart_items', lines)) as given
            left join held_lines on (l).id = (given ->> 'id')::uuid
            where (l).id is null or jsonb_populate_record(l, given) is distinct from l
        )
        and not exists (
            select from jsonb_array_elements(fc_clean('fc_cart_item_options', options)) as given
            left join held_options on (o).id = (given ->> 'id')::uuid
            where (o).id is null or jsonb_populate_record(o, given) is distinct from o
        )
$$;

create or replace function public.fc_save_cart(cart jsonb, lines jsonb, options jsonb, expected integer, known bigint)
returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    wanted uuid := cart ->> 'id';
    held fc_carts;
begin
    insert into fc_carts (id, call_id, profile_id)
    select wanted, c.id, c.profile_id from fc_calls c
    where c.id = (cart ->> 'call_id')::uuid and not exists (select from fc_carts where id = wanted)
    on conflict do nothing;
    if not found then
        select * into held from fc_carts where id = wanted for update;
        if held.id is null then
            raise exception 'the call has another cart' using errcode = 'PA004';
        elsif held.status <> 'active' then
            raise exception 'the cart was ordered' using errcode = 'PA005';
        elsif held.version <> expected then
            if fc_holds(wanted, lines, options) then
                return fc_cart(wanted, known);
            end if;
            raise exception 'the cart has another version' using errcode = 'PA004';
        end if;
    end if;
    delete from fc_cart_item_options o using fc_cart_items l where l.id = o.cart_item_id and l.cart_id = wanted;
    delete from fc_cart_items where cart_id = wanted;
    cart := cart || jsonb_build_object('profile_id', (select profile_id from fc_carts where id = wanted));
    perform fc_put('fc_carts', jsonb_build_array(cart), replaces => true);
    update fc_carts set updated_at = now() where id = wanted;
    perform fc_put('fc_cart_items', lines);
    perform fc_put('fc_cart_item_options', options);
    return fc_cart(wanted, known);
end $$;

-- Imports of menus as large as they come: versions are raised once per statement and not once per row, only what
-- changes is written and held, and what belongs to restaurants that no import of ours made is left alone. A changed
-- allergen outdates a quote.

create or replace function public.fc_differs(before anyelement, after anyelement) returns boolean
language sql immutable set search_path = '' as $$
    select (to_jsonb(before) - cosmetic) is distinct from (to_jsonb(after) - cosmetic)
    from (values (array[
        'version', 'rating', 'ratings_count', 'description', 'image', 'calories', 'tags', 'aliases',
        'slug', 'section_id', 'position', 'help_text', 'title', 'is_default', 'created_at', 'updated_at',
        'prep_minutes', 'sold_out_at', 'sold_out_until'
    ])) as ignored (cosmetic)
$$;

-- A statement that changes nothing runs its triggers too: without `found` these would call each other for ever.
create or replace function public.fc_option_groups_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    dishes uuid[];
begin
    if tg_op = 'INSERT' then
        dishes := array(select distinct menu_item_id from after_it);
    elsif tg_op = 'DELETE' then
        dishes := array(select distinct menu_item_id from before_it);
    else
        dishes := array(
            select unnest(array[b.menu_item_id, a.menu_item_id])
            from before_it b join after_it a on a.id = b.id
            where public.fc_differs(
                jsonb_populate_record(null::public.fc_menu_item_option_groups, to_jsonb(b)),
                jsonb_populate_record(null::public.fc_menu_item_option_groups, to_jsonb(a))
            )
        );
    end if;
    if dishes <> '{}' then
        update public.fc_menu_items set version = version + 1 where id = any (dishes);
    end if;
    return null;
end $$;

create or replace function public.fc_option_choices_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    groups uuid[];
begin
    if tg_op = 'INSERT' then
        groups := array(select distinct option_group_id from after_it);
    elsif tg_op = 'DELETE' then
        groups := array(select distinct option_group_id from before_it);
    else
        groups := array(
            select unnest(array[b.option_group_id, a.option_group_id])
            from before_it b join after_it a on a.id = b.id
            where public.fc_differs(
                jsonb_populate_record(null::public.fc_menu_item_option_choices, to_jsonb(b)),
                jsonb_populate_record(null::public.fc_menu_item_option_choices, to_jsonb(a))
            )
        );
    end if;
    if groups <> '{}' then
        update public.fc_menu_items set version = version + 1 where id in (
            select menu_item_id from public.fc_menu_item_option_groups where id = any (groups)
        );
    end if;
    return null;
end $$;

do $$
declare
    watched record;
    event record;
begin
    for watched in
        select * from (values
            ('fc_menu_item_option_groups', 'fc_option_groups_changed'),
            ('fc_menu_item_option_choices', 'fc_option_choices_changed')
        ) as w (target, name)
    loop
        -- The one of earlier versions, which ran once per row.
        execute format('drop trigger if exists %I on public.%I', watched.name, watched.target);
        for event in
            select * from (values
                ('insert', 'new table as after_it'),
                ('update', 'old table as before_it new table as after_it'),
                ('delete', 'old table as before_it')
            ) as e (name, images)
        loop
            execute format(
                'create or replace trigger %I after %s on public.%I referencing %s '
                'for each statement execute function public.%I()',
                watched.name || '_by_' || event.name, event.name, watched.target, event.images, watched.name
            );
        end loop;
    end loop;
end $$;

-- As before, but what is there already keeps its key and its slug unwritten: they never change, and writing what is
-- unique would let every line and order that names the row wait.
create or replace function public.fc_put(target regclass, given jsonb, replaces boolean default false) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    names text;
    changes text;
    befores text;
    afters text;
begin
    select string_agg(format('%I', key), ', '),
        string_agg(format('%1$I = excluded.%1$I', key), ', ') filter (where key not in ('id', 'slug')),
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

-- Those of the given rows that do not stand there as they are.
create or replace function public.fc_changed_rows(target regclass, given jsonb) returns jsonb
language plpgsql stable security invoker set search_path = public, pg_temp as $$
declare
    befores text;
    afters text;
    changed jsonb;
begin
    select string_agg(format('kept.%I', key), ', '), string_agg(format('wanted.%I', key), ', ')
    into befores, afters from jsonb_object_keys(given -> 0) as key;
    if befores is null then
        return '[]';
    end if;
    execute format(
        'select coalesce(jsonb_agg(line.value order by line.ordinality), ''[]'') '
        'from jsonb_array_elements($1) with ordinality as line '
        'cross join lateral jsonb_populate_record(null::%1$s, line.value) as wanted '
        'left join %1$s as kept on kept.id = wanted.id '
        'where kept.id is null or (%2$s) is distinct from (%3$s)', target, befores, afters
    ) into changed using fc_clean(target, given);
    return changed;
end $$;

-- What the restaurants in question still offer and the given rows no longer have.
create or replace function public.fc_vanished_rows(target regclass, mark text, given jsonb, touched uuid[]) returns jsonb
language plpgsql stable security invoker set search_path = public, pg_temp as $$
declare
    vanished jsonb;
begin
    execute format(
        'select coalesce(jsonb_agg(t.id), ''[]'') from %s as t where t.%I and %s '
        'and t.id not in (select (line ->> ''id'')::uuid from jsonb_array_elements($1) as line)',
        target, mark, case target::text
            when 'fc_restaurants' then 't.id = any ($2)'
            when 'fc_menu_item_option_groups' then
                't.menu_item_id in (select id from fc_menu_items where restaurant_id = any ($2))'
            when 'fc_menu_item_option_choices' then
                't.option_group_id in (select g.id from fc_menu_item_option_groups g '
                'join fc_menu_items i on i.id = g.menu_item_id where i.restaurant_id = any ($2))'
            else 't.restaurant_id = any ($2)'
        end
    ) into vanished using given, touched;
    return vanished;
end $$;

-- The dishes whose version these pieces raise: [{"table", "rows", "gone"}].
create or replace function public.fc_dishes_of_pieces(pieces jsonb) returns uuid[]
language sql stable security invoker set search_path = public, pg_temp as $$
    with lines as (
        select p ->> 'table' as source, l from jsonb_array_elements(pieces) as p, jsonb_array_elements(p -> 'rows') as l
    ), gone as (
        select p ->> 'table' as source, id::uuid from jsonb_array_elements(pieces) as p,
            jsonb_array_elements_text(p -> 'gone') as id
    )
    select array(
        select (l ->> 'id')::uuid from lines where source = 'fc_menu_items'
        union select id from gone where source = 'fc_menu_items'
        union select (l ->> 'menu_item_id')::uuid from lines where source = 'fc_menu_item_option_groups'
        union select g.menu_item_id from gone join fc_menu_item_option_groups g on g.id = gone.id
        where source = 'fc_menu_item_option_groups'
        union select g.menu_item_id from lines
        join fc_menu_item_option_groups g on g.id = (l ->> 'option_group_id')::uuid
        where source = 'fc_menu_item_option_choices'
        union select g.menu_item_id from gone join fc_menu_item_option_choices c on c.id = gone.id
        join fc_menu_item_option_groups g on g.id = c.option_group_id where source = 'fc_menu_item_option_choices'
    )
$$;

-- In the order in which quotes and orders hold dishes, so that neither waits for the other for ever. A combo is held
-- with its part.
create or replace function public.fc_hold_dishes(wanted uuid[]) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform from fc_menu_items where id = any (wanted) or id in (
        select g.menu_item_id from fc_menu_item_option_choices c
        join fc_menu_item_option_groups g on g.id = c.option_group_id where c.item_id = any (wanted)
    ) order by id for no key update;
end $$;

-- pieces: [{"table", "mark", "rows"}], parents first. touched: the restaurants that the file names and those that
-- earlier imports made; of theirs, rows that are no longer given have their mark taken away. What staff marked as sold
-- out stays so. imports: the file that it was, for the history.
create or replace function public.fc_import_menu(pieces jsonb, imports jsonb, touched uuid[]) returns void
language plpgsql security invoker set search_path = public, pg_temp set statement_timeout = '60s' as $$
declare
    piece jsonb;
begin
    perform pg_advisory_xact_lock(hashtextextended('menu import', 0));
    select jsonb_agg(p || jsonb_build_object(
        'rows', fc_changed_rows((p ->> 'table')::regclass, p -> 'rows'),
        'gone', fc_vanished_rows((p ->> 'table')::regclass, p ->> 'mark', p -> 'rows', touched)
    ) order by ordinality) into pieces from jsonb_array_elements(pieces) with ordinality as e (p, ordinality);
    perform fc_hold_dishes(fc_dishes_of_pieces(pieces));
    for piece in select value from jsonb_array_elements(pieces) loop
        perform fc_put((piece ->> 'table')::regclass, piece -> 'rows', replaces => true);
        execute format('update %s set %I = false where id = any ($1)', (piece ->> 'table')::regclass, piece ->> 'mark')
        using array(select id::uuid from jsonb_array_elements_text(piece -> 'gone') as id);
    end loop;
    update fc_menu_items set is_available = false where sold_out_at is not null and is_available;
    perform fc_put('fc_menu_imports', imports);
end $$;

create or replace function public.fc_load_menu(known bigint) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    due uuid[] := array(select id from fc_menu_items where sold_out_until <= now());
begin
    if due <> '{}' then
        perform fc_hold_dishes(due);
        update fc_menu_items set is_available = true, sold_out_at = null, sold_out_until = null
        where id = any (due) and sold_out_until <= now();
    end if;
    return jsonb_build_object('menu', fc_menu(known))::text;
end $$;

create or replace function public.fc_mark_item(wanted text, sold_out boolean, until timestamptz) returns text
language plpgsql security invoker set search_path = public, pg_temp as $$
begin
    perform fc_hold_dishes(array(select id from fc_menu_items where id::text = wanted));
    update fc_menu_items
    set is_available = not sold_out, sold_out_at = case when sold_out then now() end, sold_out_until = until
    where id::text = wanted;
    return jsonb_build_object('found', found)::text;
end $$;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_changed_rows(regclass, jsonb)', 'fc_vanished_rows(regclass, text, jsonb, uuid[])',
        'fc_dishes_of_pieces(jsonb)', 'fc_hold_dishes(uuid[])', 'fc_import_menu(jsonb, jsonb, uuid[])'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

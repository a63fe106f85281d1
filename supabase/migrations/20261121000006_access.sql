-- Who may do what. anon sees nothing; authenticated what the kitchen board shows; service_role, which is the store,
-- everything. Tables that were there before us keep the rights and policies that they had.

create table if not exists public.fc_created_tables (name text primary key);

do $$
declare
    ours text[] := array['fc_calls', 'fc_call_transcripts', 'fc_quotes', 'fc_menu_version'];
    on_the_board text[] := array[
        'fc_restaurants', 'fc_menu_sections', 'fc_menu_items', 'fc_menu_item_option_groups',
        'fc_menu_item_option_choices', 'fc_orders', 'fc_order_items', 'fc_order_item_options', 'fc_order_events'
    ];
    target text;
begin
    for target in select unnest(ours) union select name from public.fc_created_tables loop
        execute format('alter table public.%I enable row level security', target);
        execute format('revoke all on public.%I from public, anon, authenticated', target);
        if target = any (on_the_board) then
            execute format('grant select on public.%I to authenticated', target);
            execute format('drop policy if exists the_board_reads on public.%I', target);
            execute format(
                'create policy the_board_reads on public.%I for select to authenticated using (true)', target
            );
        end if;
    end loop;
    for target in select tablename from pg_tables where schemaname = 'public' and tablename like 'fc\_%' loop
        execute format('grant select, insert, update, delete on public.%I to service_role', target);
    end loop;
end $$;

drop table public.fc_created_tables;

do $$
declare
    callable text;
begin
    foreach callable in array array[
        'fc_clean(regclass, jsonb)', 'fc_put(regclass, jsonb, boolean)', 'fc_menu(bigint)', 'fc_load_menu(bigint)',
        'fc_save_menu(jsonb, jsonb)', 'fc_find_profile(uuid, text)', 'fc_save_profile(jsonb, jsonb, jsonb)',
        'fc_close_call(uuid, text, text, timestamptz)', 'fc_cart(uuid, bigint)', 'fc_find_cart(uuid, bigint)',
        'fc_holds(uuid, jsonb, jsonb)', 'fc_save_cart(jsonb, jsonb, jsonb, integer, bigint)',
        'fc_item_versions(uuid[])', 'fc_dishes_of_cart(uuid)', 'fc_save_quote(jsonb, bigint)', 'fc_drop_quote(uuid)',
        'fc_orders_with_lines(uuid[])', 'fc_find_orders(uuid, integer)', 'fc_put_order(jsonb, jsonb, jsonb, jsonb)',
        'fc_import_order(jsonb, jsonb, jsonb, jsonb)', 'fc_refuse_unless_current(public.fc_quotes, timestamptz)',
        'fc_refuse_if_full(public.fc_quotes, uuid)', 'fc_place_order(uuid, jsonb, jsonb, jsonb, jsonb, timestamptz)'
    ] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

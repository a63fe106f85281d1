-- What became of a call, as JSON in a text that only the program reads. `tools` has what callers said, and is emptied
-- when their words are deleted.

create table if not exists public.fc_call_reports (
    call_id uuid primary key references public.fc_calls (id) on delete cascade,
    version integer not null,
    body text not null,
    tools text not null default '[]'
);

create or replace function public.fc_save_report(wanted uuid, version integer, body text, tools text) returns void
language sql security invoker set search_path = public, pg_temp as $$
    insert into fc_call_reports (call_id, version, body, tools) values (wanted, version, body, tools)
    on conflict (call_id) do nothing
$$;

create or replace function public.fc_find_reports(wanted uuid[]) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object('reports', coalesce(
        (select jsonb_agg(to_jsonb(r)) from fc_call_reports r where r.call_id = any (wanted)), '[]'
    ))::text
$$;

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
    update fc_call_reports set tools = '[]' where call_id = any (calls);
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
    update fc_call_reports set tools = '[]'
    where call_id in (select id from fc_calls where started_at < began_before) and tools <> '[]';
    perform fc_give_up_carts(array(
        select c.id from fc_carts c join fc_calls k on k.id = c.call_id
        where k.started_at < began_before
            and (c.status = 'abandoned' or (c.status = 'active' and c.orphaned_at < began_before))
    ));
    delete from fc_caller_pin_tries where local_day < tried_before;
    return jsonb_build_object('lines', gone)::text;
end $$;

alter table public.fc_call_reports enable row level security;
revoke all on public.fc_call_reports from public, anon, authenticated;
grant select, insert, update, delete on public.fc_call_reports to service_role;

do $$
declare
    callable text;
begin
    foreach callable in array array['fc_save_report(uuid, integer, text, text)', 'fc_find_reports(uuid[])'] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

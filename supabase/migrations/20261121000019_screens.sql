-- The code by which a caller's second screen finds the call; it opens nothing once the call has ended.

alter table public.fc_calls add column if not exists screen_code text;
create index if not exists fc_calls_by_screen_code on public.fc_calls (screen_code) where screen_code is not null;

-- False: another call that runs has that code.
create or replace function public.fc_open_screen(wanted uuid, code text) returns text
language sql security invoker set search_path = public, pg_temp as $$
    with opened as (
        update fc_calls set screen_code = code where id = wanted and ended_at is null
        and not exists (select from fc_calls other where other.screen_code = code and other.ended_at is null)
        returning id
    )
    select jsonb_build_object('opened', exists (select from opened))::text
$$;

create or replace function public.fc_find_screen(code text) returns text
language sql stable security invoker set search_path = public, pg_temp as $$
    select jsonb_build_object('calls', coalesce(jsonb_agg(to_jsonb(k)), '[]'))::text
    from fc_calls k where k.screen_code = code and k.ended_at is null
$$;

do $$
declare
    callable text;
begin
    foreach callable in array array['fc_open_screen(uuid, text)', 'fc_find_screen(text)'] loop
        execute format('revoke execute on function public.%s from public, anon, authenticated', callable);
        execute format('grant execute on function public.%s to service_role', callable);
    end loop;
end $$;

notify pgrst, 'reload schema';

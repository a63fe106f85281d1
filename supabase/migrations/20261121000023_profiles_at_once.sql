-- Of two processes that save one new profile at the same moment, the later one meets the number of the earlier one
-- before it meets its id: then the profile is there, and is saved again. A number that is another profile's stays an error.
create or replace function public.fc_save_profile(profile jsonb, location jsonb, preferences jsonb) returns void
language plpgsql security invoker set search_path = public, pg_temp as $$
declare
    owner uuid := profile ->> 'id';
begin
    begin
        perform fc_put('fc_profiles', jsonb_build_array(profile), replaces => true);
    exception when unique_violation then
        perform fc_put('fc_profiles', jsonb_build_array(profile), replaces => true);
    end;
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

notify pgrst, 'reload schema';

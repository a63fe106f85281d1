-- What callers leave for the restaurant when nobody can come to the phone. It goes with the transcript of its call.

create table if not exists public.fc_messages (
    id uuid primary key,
    call_id uuid not null references public.fc_calls (id) on delete cascade,
    restaurant_id uuid references public.fc_restaurants (id),
    caller_number text,
    name text not null default '',
    words text not null default '',
    taken_at timestamptz not null,
    rowid bigint generated always as identity
);
create index if not exists fc_messages_by_time on public.fc_messages (taken_at);
create index if not exists fc_messages_of_call on public.fc_messages (call_id);

create or replace function public.fc_messages_go() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    delete from public.fc_messages where call_id in (select distinct call_id from gone);
    return null;
end $$;

create or replace trigger fc_messages_go_with_transcripts after delete on public.fc_call_transcripts
referencing old table as gone for each statement execute function public.fc_messages_go();

do $$
begin
    alter table public.fc_messages enable row level security;
    revoke all on public.fc_messages from public, anon, authenticated;
    grant select, insert, update, delete on public.fc_messages to service_role;
    revoke execute on function public.fc_messages_go() from public, anon, authenticated;
end $$;

notify pgrst, 'reload schema';

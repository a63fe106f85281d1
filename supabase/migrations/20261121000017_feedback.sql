-- What callers tell the restaurant is read newest first, in the order of its coming.

alter table public.fc_feedback add column if not exists rowid bigint generated always as identity;

-- What a restaurant's names are in other languages: {"es": {"Caesar Salad": "Ensalada César"}}.

alter table public.fc_restaurants
    add column if not exists translations jsonb not null default '{}';

grant select (translations) on public.fc_restaurants to authenticated;

notify pgrst, 'reload schema';

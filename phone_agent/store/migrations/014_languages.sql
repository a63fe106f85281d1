-- What a restaurant's names are in other languages: {"es": {"Caesar Salad": "Ensalada César"}}.

ALTER TABLE fc_restaurants ADD COLUMN translations TEXT NOT NULL DEFAULT '{}';

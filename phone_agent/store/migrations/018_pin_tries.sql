-- Which tries of a PIN were counted: one that is sent again, because its answer was lost, counts once.

ALTER TABLE fc_caller_pin_tries ADD COLUMN tried TEXT NOT NULL DEFAULT '[]';

-- A cart belongs to one call at a time: taking it over raises its version, and a call has one active cart.

UPDATE fc_carts SET status = 'abandoned'
WHERE status = 'active' AND call_id IS NOT NULL AND rowid < (
    SELECT max(newer.rowid) FROM fc_carts newer WHERE newer.call_id = fc_carts.call_id AND newer.status = 'active'
);
CREATE UNIQUE INDEX fc_carts_active_of_call ON fc_carts (call_id) WHERE status = 'active';

DROP TRIGGER fc_carts_changed;
CREATE TRIGGER fc_carts_changed AFTER UPDATE OF restaurant_id, notes, call_id ON fc_carts
WHEN old.restaurant_id IS NOT new.restaurant_id OR old.notes IS NOT new.notes OR old.call_id IS NOT new.call_id
BEGIN
    UPDATE fc_carts SET version = version + 1 WHERE id = new.id;
END;

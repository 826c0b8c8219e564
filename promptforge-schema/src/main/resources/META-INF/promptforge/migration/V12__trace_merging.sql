-- Traces and spans come in late, twice and out of order, and every order must leave the same rows behind. For that a row
-- has to remember which of its values a later record may still replace, and which the ingest has only worked out.

ALTER TABLE traces ADD COLUMN provisional text[];
ALTER TABLE traces ADD CONSTRAINT traces_provisional_length
    CHECK (array_position(provisional, NULL) IS NULL AND pg_column_size(provisional) <= 4096);

COMMENT ON COLUMN traces.provisional IS 'Columns that any record of the ended trace replaces: told while it ran, or not told yet (name and started_at, when only spans are known). Null for none.';

ALTER TABLE spans ADD COLUMN model_reported boolean NOT NULL DEFAULT false;
ALTER TABLE spans ADD COLUMN cost_reported  boolean NOT NULL DEFAULT false;
ALTER TABLE spans ADD COLUMN provisional    text[];
ALTER TABLE spans ADD CONSTRAINT spans_provisional_length
    CHECK (array_position(provisional, NULL) IS NULL AND pg_column_size(provisional) <= 4096);

COMMENT ON COLUMN spans.model_reported IS 'Whether the sender named model_id; otherwise it was found by the name of the model, or is null.';
COMMENT ON COLUMN spans.cost_reported  IS 'Whether the sender named the cost; otherwise it was calculated from tokens and prices, or is null.';
COMMENT ON COLUMN spans.provisional    IS 'Columns that any record of the ended span replaces: told only while it ran. Null for none.';

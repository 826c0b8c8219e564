-- A repricing computes the costs of stored spans anew, by the prices that are registered now for the moment at which each started.

CREATE TABLE repricings (
    organization_id   uuid        NOT NULL,
    id                uuid        NOT NULL,
    status            text        NOT NULL DEFAULT 'running',
    project_id        uuid,
    model_id          uuid,
    occurred_from     timestamptz,
    occurred_before   timestamptz,
    includes_reported boolean     NOT NULL DEFAULT false,
    reached_at        timestamptz,
    reached_id        uuid,
    traces            bigint      NOT NULL DEFAULT 0,
    spans             bigint      NOT NULL DEFAULT 0,
    kept_spans        bigint      NOT NULL DEFAULT 0,
    cost_before       numeric     NOT NULL DEFAULT 0,
    cost_after        numeric     NOT NULL DEFAULT 0,
    finished_at       timestamptz,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT repricings_organization_id_fkey  FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT repricings_status_values         CHECK (status IN ('running', 'completed', 'undoing', 'undone')),
    CONSTRAINT repricings_occurred_before_order CHECK (occurred_before > occurred_from),
    CONSTRAINT repricings_reached_id_position   CHECK ((reached_at IS NULL) = (reached_id IS NULL)),
    CONSTRAINT repricings_traces_range          CHECK (traces >= 0),
    CONSTRAINT repricings_spans_range           CHECK (spans >= 0),
    CONSTRAINT repricings_kept_spans_range      CHECK (kept_spans BETWEEN 0 AND spans),
    CONSTRAINT repricings_cost_before_range     CHECK (cost_before >= 0 AND cost_before < 'Infinity'),
    CONSTRAINT repricings_cost_after_range      CHECK (cost_after >= 0 AND cost_after < 'Infinity'),
    CONSTRAINT repricings_finished_at_status    CHECK ((status IN ('completed', 'undone')) = (finished_at IS NOT NULL))
);

-- One at a time: two of one organization would each undo what the other did.
CREATE UNIQUE INDEX repricings_running_key    ON repricings (organization_id) WHERE finished_at IS NULL;
CREATE INDEX repricings_created_at_idx ON repricings (organization_id, created_at, id);
ALTER TABLE repricings ADD CONSTRAINT repricings_pkey PRIMARY KEY (organization_id, id);

CREATE TRIGGER repricings_updated_at BEFORE UPDATE ON repricings
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER repricings_organization_id_fixed BEFORE UPDATE OF organization_id ON repricings
    FOR EACH ROW WHEN (NEW.organization_id <> OLD.organization_id) EXECUTE FUNCTION refuse_change('a repricing never moves to another organization');

SELECT isolate_tenants('repricings');

COMMENT ON TABLE  repricings                   IS 'A computation of the costs of stored spans by the prices that are registered now.';
COMMENT ON COLUMN repricings.organization_id   IS 'The tenant.';
COMMENT ON COLUMN repricings.id                IS 'UUIDv7.';
COMMENT ON COLUMN repricings.status            IS 'running, completed, undoing or undone.';
COMMENT ON COLUMN repricings.project_id        IS 'The project whose traces it reprices; null for all. Not a foreign key: the record outlives the project.';
COMMENT ON COLUMN repricings.model_id          IS 'The model whose calls it reprices; null for all. Not a foreign key: the record outlives the model.';
COMMENT ON COLUMN repricings.occurred_from     IS 'The traces that occurred at this time or later; null for no limit.';
COMMENT ON COLUMN repricings.occurred_before   IS 'The traces that occurred before this time; null for no limit.';
COMMENT ON COLUMN repricings.includes_reported IS 'Whether costs that senders reported are replaced too.';
COMMENT ON COLUMN repricings.reached_at        IS 'The occurred_at of the last trace that was repriced, where it goes on; null before the first.';
COMMENT ON COLUMN repricings.reached_id        IS 'The id of the last trace that was repriced; null before the first.';
COMMENT ON COLUMN repricings.traces            IS 'Number of traces that have changed.';
COMMENT ON COLUMN repricings.spans             IS 'Number of spans that have changed.';
COMMENT ON COLUMN repricings.kept_spans        IS 'Number of these spans that were not undone, because they have changed since.';
COMMENT ON COLUMN repricings.cost_before       IS 'The sum of the costs of the changed traces before, in US dollars.';
COMMENT ON COLUMN repricings.cost_after        IS 'The sum of the costs of the changed traces afterwards, in US dollars.';
COMMENT ON COLUMN repricings.finished_at       IS 'When it was completed or undone; null while it runs.';
COMMENT ON COLUMN repricings.created_at        IS 'When the row was written.';
COMMENT ON COLUMN repricings.updated_at        IS 'When the row was last changed; set by the database.';


CREATE TABLE repriced_spans (
    organization_id      uuid        NOT NULL,
    id                   uuid        NOT NULL,
    repricing_id         uuid        NOT NULL,
    trace_id             uuid        NOT NULL,
    span_id              uuid        NOT NULL,
    span_started_at      timestamptz NOT NULL,
    model_id_before      uuid,
    price_id_before      uuid,
    cost_before          numeric,
    cost_reported_before boolean     NOT NULL,
    model_id_after       uuid,
    price_id_after       uuid,
    cost_after           numeric,
    created_at           timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT repriced_spans_pkey                 PRIMARY KEY (organization_id, id),
    CONSTRAINT repriced_spans_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
    CONSTRAINT repriced_spans_repricing_id_fkey    FOREIGN KEY (organization_id, repricing_id) REFERENCES repricings (organization_id, id) ON DELETE CASCADE
);

CREATE INDEX repriced_spans_repricing_id_idx ON repriced_spans (organization_id, repricing_id, trace_id);

CREATE TRIGGER repriced_spans_immutable BEFORE UPDATE ON repriced_spans
    FOR EACH ROW EXECUTE FUNCTION refuse_change('what a repricing replaced never changes');

SELECT isolate_tenants('repriced_spans');

COMMENT ON TABLE  repriced_spans                      IS 'What a repricing replaced on a span, by which it can be undone. Undoing deletes it.';
COMMENT ON COLUMN repriced_spans.organization_id      IS 'The tenant.';
COMMENT ON COLUMN repriced_spans.id                   IS 'UUIDv7.';
COMMENT ON COLUMN repriced_spans.repricing_id         IS 'The repricing.';
COMMENT ON COLUMN repriced_spans.trace_id             IS 'The trace. Not a foreign key: it may be deleted.';
COMMENT ON COLUMN repriced_spans.span_id              IS 'The span. Not a foreign key: it may be deleted.';
COMMENT ON COLUMN repriced_spans.span_started_at      IS 'When the span began, by which it is found in its partition.';
COMMENT ON COLUMN repriced_spans.model_id_before      IS 'The model before.';
COMMENT ON COLUMN repriced_spans.price_id_before      IS 'The price list before.';
COMMENT ON COLUMN repriced_spans.cost_before          IS 'The cost before, in US dollars; null when it was unknown.';
COMMENT ON COLUMN repriced_spans.cost_reported_before IS 'Whether the cost before was reported by the sender.';
COMMENT ON COLUMN repriced_spans.model_id_after       IS 'The model afterwards.';
COMMENT ON COLUMN repriced_spans.price_id_after       IS 'The price list afterwards.';
COMMENT ON COLUMN repriced_spans.cost_after           IS 'The cost afterwards, in US dollars; null when it is unknown.';
COMMENT ON COLUMN repriced_spans.created_at           IS 'When the row was written.';

INSERT INTO repricings (organization_id, id, status, reached_at, reached_id, traces, spans, cost_before, cost_after, finished_at)
VALUES (id(1), id(40), 'completed', '2026-01-01Z', id(13), 1, 1, 1, 2, '2026-01-02Z');
INSERT INTO repriced_spans (organization_id, id, repricing_id, trace_id, span_id, span_started_at, cost_before, cost_reported_before, cost_after)
VALUES (id(1), id(41), id(40), id(13), id(14), '2026-01-01Z', 1, false, 2);

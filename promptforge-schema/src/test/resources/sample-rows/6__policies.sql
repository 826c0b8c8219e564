INSERT INTO policies (organization_id, id, project_id, name, type, severity, action, threshold, created_by)
VALUES (id(1), id(11), id(5), 'Cost', 'cost', 'medium', 'warn', 1.5, id(2));

INSERT INTO policy_violations (organization_id, id, project_id, policy_id, policy_version, severity, violation_type,
                               message, detected_at, status, acknowledged_by, acknowledged_at, resolved_by, resolved_at,
                               reopened_by, reopened_at)
VALUES (id(1), id(12), id(5), id(11), 1, 'medium', 'over_budget', 'Too much', now(), 'resolved', id(2), now(), id(2), now(), id(2), now());

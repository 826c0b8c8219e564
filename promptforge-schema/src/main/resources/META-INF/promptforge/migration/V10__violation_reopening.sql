-- Opening a violation again clears who acknowledged and resolved it; who opened it again, and when, stays.

ALTER TABLE policy_violations ADD COLUMN reopened_by uuid;
ALTER TABLE policy_violations ADD COLUMN reopened_at timestamptz;
ALTER TABLE policy_violations ADD CONSTRAINT policy_violations_reopened_by_fkey
    FOREIGN KEY (organization_id, reopened_by) REFERENCES users (organization_id, id);
ALTER TABLE policy_violations ADD CONSTRAINT policy_violations_reopened_at_actor
    CHECK ((reopened_at IS NULL) = (reopened_by IS NULL));

CREATE INDEX policy_violations_reopened_by_idx ON policy_violations (organization_id, reopened_by) WHERE reopened_by IS NOT NULL;

COMMENT ON COLUMN policy_violations.reopened_by IS 'The user who last opened it again.';
COMMENT ON COLUMN policy_violations.reopened_at IS 'When it was last opened again; null if it never was.';

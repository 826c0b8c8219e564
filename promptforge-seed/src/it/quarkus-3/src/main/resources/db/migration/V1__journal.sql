CREATE TABLE journal (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid        NOT NULL,
    prompt_id       uuid        NOT NULL,
    environment     text        NOT NULL,
    version         integer,
    reason          text        NOT NULL CHECK (reason ~ '\S'),
    written_at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX journal_prompt_idx ON journal (organization_id, prompt_id, id);

ALTER TABLE prompts DROP CONSTRAINT prompts_current_version_id_fkey;
DROP TABLE prompt_versions;
DROP FUNCTION prompt_content_hash(text, text, jsonb, jsonb);
DROP TABLE prompts;

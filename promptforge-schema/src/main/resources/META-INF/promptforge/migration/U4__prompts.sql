ALTER TABLE prompts DROP CONSTRAINT prompts_current_version_id_fkey;
DROP TABLE prompt_versions;
DROP FUNCTION are_prompt_messages(json);
DROP FUNCTION set_prompt_content_hash();
DROP FUNCTION redact_prompt_version();
DROP TABLE prompts;

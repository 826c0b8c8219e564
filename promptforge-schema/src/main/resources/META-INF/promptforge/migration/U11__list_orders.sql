DROP INDEX
    prompts_organization_created_at_idx, prompts_organization_name_idx, evaluations_organization_created_at_idx,
    policies_organization_created_at_idx, policies_organization_name_idx, policy_violations_organization_detected_at_idx,
    policy_violations_organization_open_idx,
    projects_updated_at_idx, prompts_updated_at_idx, prompts_organization_updated_at_idx,
    evaluation_results_score_idx, evaluation_results_failed_idx,
    users_full_name_idx, ai_models_name_idx, ai_models_provider_name_idx;

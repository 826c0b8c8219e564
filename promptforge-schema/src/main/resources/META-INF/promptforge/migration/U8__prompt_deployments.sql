DROP TABLE prompt_deployments;

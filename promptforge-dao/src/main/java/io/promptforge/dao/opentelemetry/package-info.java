/**
 * Converts spans of OpenTelemetry into traces that can be recorded: {@link io.promptforge.dao.opentelemetry.OpenTelemetryTraces}.
 *
 * <p>The attributes that are read are those of OpenTelemetry's semantic conventions for generative AI (status: Development;
 * {@code open-telemetry/semantic-conventions-genai}, until 2026 a part of {@code open-telemetry/semantic-conventions}), their earlier
 * names, and those of OpenInference, OpenLLMetry (Traceloop), Vercel's AI SDK, Langfuse, LangSmith, MLflow, Google's ADK, Pydantic AI,
 * Spring AI, LiteLLM and others. A field takes the first attribute of its row whose value fits. {@code a->b} is the member {@code b}
 * of an attribute that is a JSON object, or the text of one; {@code a.*} is the list that was flattened to attributes such as {@code
 * a.0.b}, of which some may be missing.
 *
 * <table>
 *   <caption>From attributes to the columns of a span</caption>
 *   <tr><th>Column</th><th>Attributes</th></tr>
 *   <tr><td>operation_name</td>
 *     <td>{@code gen_ai.operation.name, ai.operationId}</td></tr>
 *   <tr><td>provider_name, by one name for each provider</td>
 *     <td>{@code gen_ai.provider.name, gen_ai.system, llm.provider, llm.system, ai.model.provider,
 *     mlflow.llm.provider, langsmith.metadata.ls_provider}</td></tr>
 *   <tr><td>request_model</td>
 *     <td>{@code gen_ai.request.model, llm.request.model_name, llm.model_name, llm.request.model,
 *     embedding.model_name, reranker.model_name, ai.model.id, langfuse.observation.model.name, mlflow.llm.model,
 *     langsmith.metadata.ls_model_name, llm.invocation_parameters->model, llm.invocation_parameters->model_name,
 *     embedding.invocation_parameters->model, gcp.vertex.agent.llm_request->model, request_data->model, model_name,
 *     model}</td></tr>
 *   <tr><td>response_model</td>
 *     <td>{@code gen_ai.response.model, llm.response.model_name, llm.response.model, ai.response.model,
 *     gcp.vertex.agent.llm_response->model_version, haystack.component.output->replies->0->meta->model,
 *     response_data->model}</td></tr>
 *   <tr><td>response_id</td>
 *     <td>{@code gen_ai.response.id, llm.response.id, ai.response.id}</td></tr>
 *   <tr><td>finish_reasons</td>
 *     <td>{@code gen_ai.response.finish_reasons, gen_ai.response.finish_reason, gen_ai.response.stop_reason,
 *     llm.finish_reason, llm.response.finish_reason, llm.response.stop_reason, ai.response.finishReason,
 *     gen_ai.finishReason, ai.finishReason, stop_reason, gen_ai.output.messages->0->finish_reason,
 *     gen_ai.completion.0.finish_reason}</td></tr>
 *   <tr><td>service_tier</td>
 *     <td>{@code openai.response.service_tier, gen_ai.openai.response.service_tier, usage.service_tier,
 *     ai.response.providerMetadata->openai->serviceTier, ai.response.providerMetadata->anthropic->usage->service_tier,
 *     gcp.vertex.agent.llm_response->usage_metadata->traffic_type,
 *     openai.request.service_tier, gen_ai.openai.request.service_tier, llm.invocation_parameters->service_tier}</td></tr>
 *   <tr><td>temperature</td>
 *     <td>{@code gen_ai.request.temperature, llm.request.temperature, llm.invocation_parameters->temperature,
 *     llm.invocation_parameters->generation_config->temperature, langfuse.observation.model.parameters->temperature,
 *     gcp.vertex.agent.llm_request->config->temperature, ai.settings.temperature, model_config->temperature}</td></tr>
 *   <tr><td>max_tokens</td>
 *     <td>{@code gen_ai.request.max_tokens, gen_ai.request.max_completion_tokens, llm.request.max_tokens,
 *     llm.invocation_parameters->max_tokens, llm.invocation_parameters->max_completion_tokens,
 *     llm.invocation_parameters->max_output_tokens, langfuse.observation.model.parameters->max_tokens,
 *     langfuse.observation.model.parameters->max_completion_tokens,
 *     gcp.vertex.agent.llm_request->config->max_output_tokens, ai.settings.maxOutputTokens, ai.settings.maxTokens,
 *     model_config->max_tokens}</td></tr>
 *   <tr><td>time_to_first_token_us</td>
 *     <td>{@code gen_ai.response.time_to_first_chunk, gen_ai.server.time_to_first_token, lk.response.ttft,
 *     gen_ai.response.time_to_first_token, gen_ai.response.time_to_first_token_ms,
 *     gen_ai.server.time_to_first_token_ms, gen_ai.client.response.time_to_first_token, ai.response.msToFirstChunk,
 *     ai.stream.msToFirstChunk, ttft_ms, langfuse.observation.completion_start_time}</td></tr>
 *   <tr><td>input</td>
 *     <td>{@code gen_ai.input.messages, gen_ai.system_instructions, reranker.query, reranker.input_documents.*,
 *     gen_ai.tool.call.arguments, gen_ai.retrieval.query.text, gen_ai.memory.query.text, langfuse.observation.input,
 *     ai.prompt.messages, ai.prompt, ai.toolCall.args, ai.value, ai.values, gen_ai.prompt, input.value,
 *     langsmith.entity.input, mlflow.spanInputs, traceloop.entity.input, gcp.vertex.agent.llm_request,
 *     gcp.vertex.agent.tool_call_args, gcp.vertex.agent.data, pydantic_ai.all_messages, all_messages_events,
 *     tool_arguments, tool.parameters, spring.ai.tool.call.arguments, spring.ai.chat.client.user.text,
 *     db.vector.query.content, gen_ai.task.input, gen_ai.prompt.*, llm.input_messages.*, llm.prompts.*, llm.prompts,
 *     mcp.request.argument, lk.input_text, lk.user_transcript, lk.chat_ctx, lk.function_tool.arguments,
 *     lk.pii.input_text, lk.pii.user_transcript, lk.pii.chat_ctx, lk.pii.function_tool.arguments,
 *     haystack.component.input, haystack.pipeline.input_data, request_data, prompt, input, events}</td></tr>
 *   <tr><td>output</td>
 *     <td>{@code ai.response.text, ai.result.text, ai.response.toolCalls, ai.result.toolCalls, gen_ai.output.messages,
 *     gen_ai.tool.call.result, gen_ai.retrieval.documents, gen_ai.memory.records, langfuse.observation.output,
 *     ai.response.object, ai.toolCall.result, ai.result.object, ai.embedding, ai.embeddings, gen_ai.completion,
 *     output.value, langsmith.entity.output, mlflow.spanOutputs, traceloop.entity.output,
 *     gcp.vertex.agent.llm_response, gcp.vertex.agent.tool_response, final_result, tool_response,
 *     spring.ai.tool.call.result, db.vector.query.response.documents, gen_ai.task.output, gen_ai.completion.*,
 *     llm.output_messages.*, llm.choices.*, retrieval.documents.*, reranker.output_documents.*,
 *     embedding.embeddings.*, mcp.response.value, lk.function_tool.output, lk.response.text,
 *     lk.pii.function_tool.output, lk.pii.response.text, haystack.component.output, haystack.pipeline.output_data,
 *     response_data, output}</td></tr>
 *   <tr><td>error_type</td>
 *     <td>{@code error.type, exception.type}</td></tr>
 *   <tr><td>error_message, behind the status message</td>
 *     <td>{@code error.message, langfuse.observation.status_message, exception.message}</td></tr>
 * </table>
 *
 * <p>Input and output may also come as events: {@code gen_ai.system.message}, {@code gen_ai.user.message}, {@code
 * gen_ai.assistant.message}, {@code gen_ai.tool.message} and {@code gen_ai.choice}; {@code gen_ai.content.prompt} and {@code
 * gen_ai.content.completion}; {@code gen_ai.client.inference.operation.details}. The first token may be an event, too.
 *
 * <table>
 *   <caption>Attributes that are read and stay among the attributes</caption>
 *   <tr><th>For</th><th>Attributes</th></tr>
 *   <tr><td>input_tokens</td>
 *     <td>{@code gen_ai.usage.input_tokens, gen_ai.usage.prompt_tokens, llm.token_count.prompt,
 *     llm.usage.prompt_tokens, llm.usage.input_tokens, ai.usage.inputTokens, ai.usage.promptTokens,
 *     langfuse.observation.usage_details->input, langfuse.observation.usage_details->input_tokens,
 *     langfuse.observation.usage_details->prompt_tokens, mlflow.chat.tokenUsage->input_tokens,
 *     langsmith.usage_metadata->input_tokens, gcp.vertex.agent.llm_response->usage_metadata->prompt_token_count,
 *     response_data->usage->input_tokens, response_data->usage->prompt_tokens,
 *     haystack.component.output->replies->0->meta->usage->prompt_tokens,
 *     ai.response.providerMetadata->anthropic->usage->input_tokens,
 *     langfuse.observation.usage_details->input_audio_tokens, langfuse.observation.usage_details->input_audio,
 *     gcp.vertex.agent.llm_response->usage_metadata->tool_use_prompt_token_count,
 *     ai.usage.tokens, usage.input_tokens, input_tokens, prompt_tokens}</td></tr>
 *   <tr><td>output_tokens</td>
 *     <td>{@code gen_ai.usage.output_tokens, gen_ai.usage.completion_tokens, llm.token_count.completion,
 *     llm.usage.completion_tokens, llm.usage.output_tokens, ai.usage.outputTokens, ai.usage.completionTokens,
 *     langfuse.observation.usage_details->output, langfuse.observation.usage_details->output_tokens,
 *     langfuse.observation.usage_details->completion_tokens, mlflow.chat.tokenUsage->output_tokens,
 *     langsmith.usage_metadata->output_tokens, gcp.vertex.agent.llm_response->usage_metadata->candidates_token_count,
 *     response_data->usage->output_tokens, response_data->usage->completion_tokens,
 *     haystack.component.output->replies->0->meta->usage->completion_tokens,
 *     langfuse.observation.usage_details->output_audio_tokens, langfuse.observation.usage_details->output_audio,
 *     usage.output_tokens, output_tokens, completion_tokens}</td></tr>
 *   <tr><td>cached_input_tokens</td>
 *     <td>{@code gen_ai.usage.cache_read.input_tokens, gen_ai.usage.input_tokens.cached,
 *     gen_ai.usage.input_tokens.cache_read, gen_ai.usage.input_cached_tokens,
 *     response_data->usage->prompt_tokens_details->cached_tokens,
 *     response_data->usage->input_tokens_details->cached_tokens, gen_ai.usage.details.prompt_cache_hit_tokens,
 *     gen_ai.usage.prompt_tokens_details.cached_tokens, gen_ai.usage.input_tokens_details.cached_tokens,
 *     langfuse.observation.usage_details->prompt_tokens_details->cached_tokens,
 *     langfuse.observation.usage_details->input_tokens_details->cached_tokens, gen_ai.usage.details.cache_read_tokens,
 *     gen_ai.usage.details.cached_tokens, gen_ai.usage.details.cache_read_input_tokens,
 *     gen_ai.usage.input_token_details->cache_read, langsmith.usage_metadata->input_token_details->cache_read,
 *     llm.token_count.prompt_details.cache_read, llm.token_count.prompt_details.cache_input,
 *     ai.usage.inputTokenDetails.cacheReadTokens,
 *     gcp.vertex.agent.llm_response->usage_metadata->cached_content_token_count,
 *     langfuse.observation.usage_details->input_cached_tokens, langfuse.observation.usage_details->input_cache_read,
 *     langfuse.observation.usage_details->cache_read_input_tokens, usage.cache_read_input_tokens,
 *     cache_read_input_tokens, gen_ai.usage.cache_read_input_tokens, gen_ai.usage.cache_read_tokens,
 *     gen_ai.usage.cached_input_tokens, gen_ai.usage.cached_tokens, llm.usage.cache_read_input_tokens,
 *     ai.usage.cachedInputTokens, ai.response.providerMetadata->anthropic->usage->cache_read_input_tokens,
 *     ai.response.providerMetadata->bedrock->usage->cacheReadInputTokens,
 *     ai.response.providerMetadata->openai->cachedPromptTokens, mlflow.chat.tokenUsage->cache_read_input_tokens,
 *     cache_read_tokens}</td></tr>
 *   <tr><td>cache_creation_input_tokens</td>
 *     <td>{@code gen_ai.usage.cache_write.input_tokens, gen_ai.usage.cache_creation.input_tokens,
 *     gen_ai.usage.input_tokens.cache_write, gen_ai.usage.input_tokens.cache_creation,
 *     gen_ai.usage.details.cache_write_tokens,
 *     gen_ai.usage.details.cache_creation_input_tokens, gen_ai.usage.input_token_details->cache_creation,
 *     langsmith.usage_metadata->input_token_details->cache_creation, llm.token_count.prompt_details.cache_write,
 *     ai.usage.inputTokenDetails.cacheWriteTokens, langfuse.observation.usage_details->input_cache_creation,
 *     langfuse.observation.usage_details->cache_creation_input_tokens, usage.cache_creation_input_tokens,
 *     cache_creation_input_tokens, gen_ai.usage.cache_creation_input_tokens, gen_ai.usage.cache_creation_tokens,
 *     gen_ai.usage.cache_write_input_tokens, gen_ai.usage.cache_write_tokens, llm.usage.cache_creation_input_tokens,
 *     ai.response.providerMetadata->anthropic->usage->cache_creation_input_tokens,
 *     ai.response.providerMetadata->anthropic->cacheCreationInputTokens,
 *     ai.response.providerMetadata->bedrock->usage->cacheWriteInputTokens,
 *     mlflow.chat.tokenUsage->cache_creation_input_tokens, cache_creation_tokens, cache_write_tokens,
 *     gen_ai.usage.cache_creation.ephemeral_5m_input_tokens,
 *     ai.response.providerMetadata->anthropic->usage->cache_creation->ephemeral_5m_input_tokens,
 *     usage.cache_creation.ephemeral_5m_input_tokens,
 *     cache_creation.ephemeral_5m_input_tokens, gen_ai.usage.cache_creation.ephemeral_1h_input_tokens,
 *     ai.response.providerMetadata->anthropic->usage->cache_creation->ephemeral_1h_input_tokens,
 *     usage.cache_creation.ephemeral_1h_input_tokens, cache_creation.ephemeral_1h_input_tokens}</td></tr>
 *   <tr><td>usage</td>
 *     <td>{@code gen_ai.usage.prompt_tokens_details.audio_tokens, gen_ai.usage.input_tokens_details.audio_tokens,
 *     gen_ai.usage.details.input_audio_tokens, gen_ai.usage.details.audio_prompt_tokens,
 *     gen_ai.usage.input_audio_tokens, gen_ai.usage.input_token_details->audio,
 *     langsmith.usage_metadata->input_token_details->audio,
 *     langfuse.observation.usage_details->prompt_tokens_details->audio_tokens, llm.token_count.prompt_details.audio,
 *     gen_ai.usage.details.cache_audio_read_tokens, gen_ai.usage.details.audio_cache_tokens,
 *     gen_ai.usage.input_tokens_details.image_tokens,
 *     gen_ai.usage.prompt_tokens_details.image_tokens, gen_ai.usage.details.image_prompt_tokens,
 *     gen_ai.usage.details.video_prompt_tokens, gen_ai.usage.output_tokens_details.image_tokens,
 *     gen_ai.usage.completion_tokens_details.image_tokens, gen_ai.usage.details.image_candidates_tokens,
 *     gen_ai.usage.completion_tokens_details.audio_tokens,
 *     gen_ai.usage.output_tokens_details.audio_tokens, gen_ai.usage.details.output_audio_tokens,
 *     gen_ai.usage.details.audio_candidates_tokens, gen_ai.usage.output_audio_tokens,
 *     gen_ai.usage.output_token_details->audio, langsmith.usage_metadata->output_token_details->audio,
 *     langfuse.observation.usage_details->completion_tokens_details->audio_tokens,
 *     llm.token_count.completion_details.audio, gen_ai.usage.server_tool_use.web_search_requests,
 *     ai.response.providerMetadata->anthropic->usage->server_tool_use->web_search_requests,
 *     usage.server_tool_use.web_search_requests}, and those of cache writes for an hour</td></tr>
 *   <tr><td>reasoning_output_tokens</td>
 *     <td>{@code gen_ai.usage.reasoning.output_tokens, gen_ai.usage.output_tokens.reasoning,
 *     gen_ai.usage.completion_tokens_details.reasoning_tokens, gen_ai.usage.output_tokens_details.reasoning_tokens,
 *     gen_ai.usage.details.reasoning_tokens, gen_ai.usage.details.thoughts_tokens,
 *     gen_ai.usage.output_token_details->reasoning, langsmith.usage_metadata->output_token_details->reasoning,
 *     llm.token_count.completion_details.reasoning, ai.usage.outputTokenDetails.reasoningTokens,
 *     langfuse.observation.usage_details->completion_tokens_details->reasoning_tokens,
 *     langfuse.observation.usage_details->output_tokens_details->reasoning_tokens,
 *     response_data->usage->completion_tokens_details->reasoning_tokens,
 *     response_data->usage->output_tokens_details->reasoning_tokens,
 *     langfuse.observation.usage_details->output_reasoning_tokens,
 *     langfuse.observation.usage_details->output_reasoning,
 *     gcp.vertex.agent.llm_response->usage_metadata->thoughts_token_count, gen_ai.usage.thoughts_token_count,
 *     gen_ai.usage.thoughts_tokens, gen_ai.usage.reasoning_tokens, gen_ai.usage.reasoning_output_tokens,
 *     gen_ai.usage.output_reasoning_tokens,
 *     gen_ai.usage.experimental.reasoning_tokens, llm.usage.reasoning_tokens, ai.usage.reasoningTokens,
 *     reasoning_tokens}</td></tr>
 *   <tr><td>the total, which tells how counts are meant</td>
 *     <td>{@code gen_ai.usage.total_tokens, llm.token_count.total, llm.usage.total_tokens, ai.usage.totalTokens,
 *     langfuse.observation.usage_details->total, langfuse.observation.usage_details->total_tokens,
 *     mlflow.chat.tokenUsage->total_tokens, langsmith.usage_metadata->total_tokens,
 *     gcp.vertex.agent.llm_response->usage_metadata->total_token_count, response_data->usage->total_tokens,
 *     haystack.component.output->replies->0->meta->usage->total_tokens, usage.total_tokens, total_tokens}</td></tr>
 *   <tr><td>cost</td>
 *     <td>{@code gen_ai.usage.cost, gen_ai.usage.total_cost, gen_ai.usage.cost_usd, gen_ai.cost.total_cost,
 *     gen_ai.cost.total, llm.cost.total, llm.usage.total_cost, litellm.cost.total, operation.cost,
 *     langfuse.observation.cost_details->total, mlflow.llm.cost->total_cost, langsmith.usage_metadata->total_cost,
 *     ai.response.providerMetadata->gateway->cost, ai.response.providerMetadata->openrouter->usage->cost,
 *     hidden_params->response_cost,
 *     cost_usd, the sum of langfuse.observation.cost_details, and the sums of gen_ai.usage.input_cost,
 *     gen_ai.cost.input_cost, llm.cost.prompt, langsmith.usage_metadata->input_cost, and gen_ai.usage.output_cost,
 *     gen_ai.cost.output_cost, llm.cost.completion, langsmith.usage_metadata->output_cost}</td></tr>
 *   <tr><td>the kind</td>
 *     <td>{@code gen_ai.operation.name, langfuse.observation.type, openinference.span.kind, ai.operationId,
 *     mlflow.spanType, traceloop.span.kind, langsmith.span.kind, spring.ai.kind, gen_ai.span.kind, llm.request.type,
 *     gen_ai.tool.name, gen_ai.tool.call.arguments, tool.name, ai.toolCall.name, tool_arguments, tool.parameters,
 *     mcp.method.name,
 *     agent_name, all_messages_events, pydantic_ai.all_messages, final_result, haystack.pipeline.input_data,
 *     db.vector.query.top_k,
 *     db.vector.query.content}</td></tr>
 *   <tr><td>the status</td>
 *     <td>{@code langfuse.observation.level, error.type, http.response.status_code, http.status_code,
 *     rpc.response.status_code}</td></tr>
 *   <tr><td>session_id of the trace</td>
 *     <td>{@code session.id, gen_ai.conversation.id, langfuse.session.id, langfuse.trace.metadata.langfuse_session_id,
 *     langsmith.trace.session_id, langsmith.metadata.session_id, langsmith.metadata.thread_id,
 *     langsmith.metadata.conversation_id, traceloop.association.properties.session_id,
 *     traceloop.association.properties.thread_id, traceloop.association.properties.conversation_id,
 *     traceloop.association.properties.chat_id,
 *     ai.telemetry.metadata.sessionId, mlflow.trace.session, gcp.vertex.agent.session_id, gen_ai.session.id,
 *
 *     metadata->session_id, metadata->thread_id, session_id, thread_id, spring.ai.chat.client.conversation.id}</td></tr>
 *   <tr><td>end_user_id of the trace</td>
 *     <td>{@code user.id, enduser.id, enduser.pseudo.id, langfuse.user.id, langfuse.trace.metadata.langfuse_user_id,
 *     langsmith.metadata.user_id, traceloop.association.properties.user_id, ai.telemetry.metadata.userId,
 *     mlflow.trace.user, gen_ai.user, gen_ai.request.user, llm.user, metadata.user_api_key_end_user_id,
 *     metadata->user_id, user_id}</td></tr>
 *   <tr><td>environment of the trace</td>
 *     <td>{@code deployment.environment.name, deployment.environment, langfuse.environment, gen_ai.environment,
 *     langsmith.metadata.environment}</td></tr>
 *   <tr><td>version_id of promptforge.prompt in the metadata of the trace</td>
 *     <td>{@code promptforge.prompt.version.id}</td></tr>
 *   <tr><td>name of promptforge.prompt in the metadata of the trace</td>
 *     <td>{@code promptforge.prompt.name, gen_ai.prompt.name, langfuse.observation.prompt.name, langfuse.prompt.name,
 *     ai.telemetry.metadata.langfusePrompt->name, traceloop.prompt.key, mlflow.linkedPrompts->0->name,
 *     prompt.id}</td></tr>
 *   <tr><td>version of promptforge.prompt in the metadata of the trace</td>
 *     <td>{@code promptforge.prompt.version, gen_ai.prompt.version, langfuse.observation.prompt.version,
 *     langfuse.prompt.version,
 *     ai.telemetry.metadata.langfusePrompt->version, traceloop.prompt.version, mlflow.linkedPrompts->0->version,
 *     llm.prompt_template.version}</td></tr>
 *   <tr><td>tags of the trace</td>
 *     <td>{@code langfuse.trace.tags, langfuse.tags, langsmith.span.tags, ai.telemetry.metadata.tags,
 *     tag.tags, logfire.tags}</td></tr>
 *   <tr><td>other members of the metadata of the trace</td>
 *     <td>{@code langfuse.trace.metadata., traceloop.association.properties., ai.telemetry.metadata.,
 *     mlflow.traceTag., trace.metadata., langfuse.trace.metadata, metadata}</td></tr>
 *   <tr><td>name of the trace, before that of its root</td>
 *     <td>{@code langfuse.trace.name, langsmith.trace.name, mlflow.traceName, trace.name}</td></tr>
 *   <tr><td>input of the trace, before that of its root</td>
 *     <td>{@code langfuse.trace.input, mlflow.traceInputs}</td></tr>
 *   <tr><td>output of the trace, before that of its root</td>
 *     <td>{@code langfuse.trace.output, mlflow.traceOutputs}</td></tr>
 *   <tr><td>the service</td>
 *     <td>{@code service.name}</td></tr>
 *   <tr><td>the sender, which tells how counts are meant</td>
 *     <td>{@code otel.scope.name, otel.library.name, otel.schema_url}</td></tr>
 *   <tr><td>the order of spans that may describe the trace</td>
 *     <td>{@code otel.parent_is_remote}</td></tr>
 * </table>
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.opentelemetry;

/**
 * Converts spans of OpenTelemetry into traces that can be recorded: {@link io.promptforge.dao.opentelemetry.OpenTelemetryTraces}.
 *
 * <p>The newest names are those of OpenTelemetry's semantic conventions for generative AI (status: Development;
 * {@code open-telemetry/semantic-conventions-genai}, until 2026 a part of {@code open-telemetry/semantic-conventions}). The
 * other ones are its earlier names, and those of OpenInference and OpenLLMetry (Traceloop) that are in use. A column takes the
 * first attribute of its row whose value fits.
 *
 * <table>
 *   <caption>From attributes to the columns of a span</caption>
 *   <tr><th>Column</th><th>OpenTelemetry</th><th>Its older names and other conventions</th></tr>
 *   <tr><td>operation_name</td><td>gen_ai.operation.name</td><td></td></tr>
 *   <tr><td>provider_name</td><td>gen_ai.provider.name</td><td>gen_ai.system, llm.provider, llm.system</td></tr>
 *   <tr><td>request_model</td><td>gen_ai.request.model</td>
 *     <td>llm.request.model_name, llm.model_name, embedding.model_name</td></tr>
 *   <tr><td>response_model</td><td>gen_ai.response.model</td><td>llm.response.model_name</td></tr>
 *   <tr><td>response_id</td><td>gen_ai.response.id</td><td></td></tr>
 *   <tr><td>finish_reasons</td><td>gen_ai.response.finish_reasons</td>
 *     <td>llm.finish_reason, llm.response.finish_reason</td></tr>
 *   <tr><td>temperature</td><td>gen_ai.request.temperature</td><td></td></tr>
 *   <tr><td>max_tokens</td><td>gen_ai.request.max_tokens</td><td></td></tr>
 *   <tr><td>time_to_first_token_us</td><td>gen_ai.response.time_to_first_chunk (seconds)</td><td></td></tr>
 *   <tr><td>input_tokens</td><td>gen_ai.usage.input_tokens</td>
 *     <td>gen_ai.usage.prompt_tokens, llm.token_count.prompt, llm.usage.prompt_tokens</td></tr>
 *   <tr><td>output_tokens</td><td>gen_ai.usage.output_tokens</td>
 *     <td>gen_ai.usage.completion_tokens, llm.token_count.completion, llm.usage.completion_tokens</td></tr>
 *   <tr><td>cached_input_tokens</td><td>gen_ai.usage.cache_read.input_tokens</td>
 *     <td>gen_ai.usage.cache_read_input_tokens, llm.token_count.prompt_details.cache_read</td></tr>
 *   <tr><td>cache_creation_input_tokens</td><td>gen_ai.usage.cache_write.input_tokens</td>
 *     <td>gen_ai.usage.cache_creation.input_tokens, gen_ai.usage.cache_creation_input_tokens,
 *       llm.token_count.prompt_details.cache_write</td></tr>
 *   <tr><td>reasoning_output_tokens</td><td>gen_ai.usage.reasoning.output_tokens</td>
 *     <td>gen_ai.usage.reasoning_tokens, llm.token_count.completion_details.reasoning</td></tr>
 *   <tr><td>error_type</td><td>error.type</td><td>exception.type of the last exception event</td></tr>
 *   <tr><td>error_message</td><td>the status message</td><td>error.message, exception.message of that event</td></tr>
 *   <tr><td>input</td>
 *     <td>gen_ai.input.messages (before them gen_ai.system_instructions as a message of the role system),
 *       gen_ai.tool.call.arguments, gen_ai.retrieval.query.text, gen_ai.memory.query.text</td>
 *     <td>gen_ai.prompt, input.value, traceloop.entity.input; gen_ai.prompt.<i>n</i>.*, llm.input_messages.<i>n</i>.*</td>
 *   </tr>
 *   <tr><td>output</td>
 *     <td>gen_ai.output.messages, gen_ai.tool.call.result, gen_ai.retrieval.documents, gen_ai.memory.records</td>
 *     <td>gen_ai.completion, output.value, traceloop.entity.output; gen_ai.completion.<i>n</i>.*,
 *       llm.output_messages.<i>n</i>.*, retrieval.documents.<i>n</i>.*</td></tr>
 * </table>
 *
 * <table>
 *   <caption>Attributes that are read and stay among the attributes</caption>
 *   <tr><th>For</th><th>Attributes</th></tr>
 *   <tr><td>the kind of a span</td><td>gen_ai.operation.name, openinference.span.kind, traceloop.span.kind,
 *     llm.request.type; a span that none of them classifies is a call of a model if it counts tokens</td></tr>
 *   <tr><td>the session of a trace</td>
 *     <td>session.id, gen_ai.conversation.id, traceloop.association.properties.session_id</td></tr>
 *   <tr><td>its end user</td><td>user.id, enduser.id, traceloop.association.properties.user_id</td></tr>
 *   <tr><td>its environment</td><td>deployment.environment.name, deployment.environment</td></tr>
 * </table>
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.opentelemetry;

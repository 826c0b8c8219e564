package io.promptforge.seed.demo;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.PromptMessage;
import io.promptforge.dao.prompt.PromptRepository;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.PromptStatus;
import java.util.List;

/** The prompt that the evaluation tests and the traces use. */
final class DemoPrompt {
    private static final String NAME = "Customer Greeting";

    private static final String TEMPLATE = """
            Greet {{customer_name}}, who writes to us about {{topic}}.
            Use what we know about them: {{context}}
            Two sentences at most, then ask how you can help.""";

    private static final String SYSTEM_MESSAGE =
            "You are the support assistant of an online shop: warm, brief, and never making promises.";

    private static final Json VARIABLES = Json.parse("""
            {
              "type": "object",
              "properties": {
                "customer_name": {"type": "string"},
                "topic": {"type": "string"},
                "context": {"type": "string", "default": "nothing"}
              },
              "required": ["customer_name", "topic"]
            }""");

    private static final Json MODEL_CONFIGURATION =
            Json.parse("{\"model\": \"gpt-4-0125-preview\", \"temperature\": 0.7, \"max_tokens\": 150}");

    /** A chat: what was said before stands between the instructions and the task. */
    private static final List<PromptMessage> MESSAGES = List.of(
            PromptMessage.system(SYSTEM_MESSAGE), PromptMessage.placeholder("history"), PromptMessage.user(TEMPLATE));

    private DemoPrompt() {}

    static ResolvedPrompt ensure(PromptRepository prompts, Project project, User author, DemoReconciler reconciler) {
        return reconciler.ensure(
                prompts.resolve(project.id(), NAME),
                present -> compare(present, reconciler),
                () -> prompts.create(
                        NewPrompt.of(project.id(), NAME)
                                .description("The first words of every conversation.")
                                .category("greeting")
                                .status(PromptStatus.ACTIVE)
                                .createdBy(author.id()),
                        NewPromptVersion.ofMessages(MESSAGES)
                                .variables(VARIABLES)
                                .modelConfiguration(MODEL_CONFIGURATION)
                                .tags("greeting", "support")
                                .commitMessage("First version")
                                .createdBy(author.id())));
    }

    private static void compare(ResolvedPrompt present, DemoReconciler reconciler) {
        String what = "prompt " + NAME;
        reconciler.same(what, "status", present.prompt().status(), PromptStatus.ACTIVE);
        reconciler.same(what, "current version", present.version().versionNumber(), 1);
        reconciler.same(what, "messages", present.version().messages(), MESSAGES);
        reconciler.same(what, "variables", present.version().variables(), VARIABLES);
        reconciler.same(what, "model configuration", present.version().modelConfiguration(), MODEL_CONFIGURATION);
    }
}

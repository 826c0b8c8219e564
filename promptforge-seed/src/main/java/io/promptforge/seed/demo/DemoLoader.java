package io.promptforge.seed.demo;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.evaluator.EvaluatorVersion;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.user.User;
import io.promptforge.seed.demo.DemoResult.Outcome;
import java.util.function.Consumer;

/** Loads the parts of the demo organization, in the order of their references. */
final class DemoLoader {
    private final PromptForge forge;
    private final Consumer<String> progress;
    private final DemoReconciler reconciler = new DemoReconciler();

    DemoLoader(PromptForge forge, Consumer<String> progress) {
        this.forge = forge;
        this.progress = progress;
    }

    DemoResult load() {
        progress.accept("organization");
        Organization organization = DemoOrganization.ensure(forge.organizations(), reconciler);
        boolean isNew = reconciler.created() > 0;
        Tenant tenant = forge.tenant(organization.id());

        progress.accept("users");
        User author = DemoUsers.ensure(tenant.users(), reconciler);

        progress.accept("models");
        DemoModels models = DemoModels.ensure(tenant, reconciler);

        progress.accept("projects");
        Project project = DemoProjects.ensure(tenant.projects(), author, reconciler);

        progress.accept("prompt");
        ResolvedPrompt prompt = DemoPrompt.ensure(tenant.prompts(), project, author, reconciler);

        progress.accept("policies");
        DemoPolicies.ensure(tenant.policies(), project, author, reconciler);

        progress.accept("evaluation");
        EvaluatorVersion judge = DemoEvaluators.ensure(tenant.evaluators(), author, reconciler);
        new DemoEvaluation(tenant.evaluations(), organization.createdAt(), judge, reconciler)
                .ensure(project, prompt, models.gpt4(), author);

        progress.accept("traces");
        new DemoTraces(tenant.traces(), organization.createdAt(), reconciler).ensure(project, prompt, models.gpt4());

        reconciler.refuseDifferences();
        return new DemoResult(organization.id(), outcome(isNew), reconciler.created());
    }

    private Outcome outcome(boolean isNew) {
        if (isNew) {
            return Outcome.LOADED;
        }
        return reconciler.created() > 0 ? Outcome.COMPLETED : Outcome.UNCHANGED;
    }
}

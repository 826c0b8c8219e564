package com.example.promptshelf;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.prompt.PromptVersion;
import java.util.Optional;
import java.util.UUID;

/** The prompts of one project; what was put last is what is served. */
public final class Shelf {
    private static final String ENVIRONMENT = "production";

    private final Tenant tenant;
    private final UUID project;

    public Shelf(Tenant tenant, UUID project) {
        this.tenant = tenant;
        this.project = project;
    }

    /** The shelf of this program, with an organization and a project that are made when it is opened first. */
    public static Shelf open(PromptForge forge) {
        Organization organization = forge.organizations()
                .findBySlug("shelf")
                .orElseGet(() -> forge.organizations().create(NewOrganization.of("Shelf", "shelf")));
        Tenant tenant = forge.tenant(organization.id());
        Project project = tenant.projects()
                .findByName("Shelf")
                .orElseGet(() -> tenant.projects().create(NewProject.of("Shelf")));
        return new Shelf(tenant, project.id());
    }

    /** Writes a prompt's next version and makes it live, both or neither; gives its number. */
    public int put(String name, String template) {
        return tenant.transaction(tx -> {
            PromptVersion version = commit(tx, name, NewPromptVersion.of(template));
            tx.prompts().deploy(version.promptId(), version.versionNumber(), ENVIRONMENT, null);
            return version.versionNumber();
        });
    }

    /** The template that is live. */
    public Optional<String> get(String name) {
        return tenant.prompts()
                .resolve(project, name, ENVIRONMENT)
                .map(live -> live.version().template());
    }

    private PromptVersion commit(Tenant tx, String name, NewPromptVersion version) {
        Optional<Prompt> prompt = tx.prompts().findByName(project, name);
        return prompt.isPresent()
                ? tx.prompts().commit(prompt.get().id(), version).version()
                : tx.prompts().create(NewPrompt.of(project, name), version).version();
    }
}

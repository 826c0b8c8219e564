package io.promptforge.seed.demo;

import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.organization.OrganizationRepository;

/** The tenant of the demo data. */
final class DemoOrganization {
    static final String SLUG = "promptforge-demo";
    private static final String NAME = "PromptForge Demo";

    private DemoOrganization() {}

    static Organization ensure(OrganizationRepository organizations, DemoReconciler reconciler) {
        return reconciler.ensure(
                organizations.findBySlug(SLUG),
                present -> reconciler.same("organization " + SLUG, "name", present.name(), NAME),
                () -> organizations.create(NewOrganization.of(NAME, SLUG)
                        .description("A support team at work: look around, nothing here is real.")));
    }
}

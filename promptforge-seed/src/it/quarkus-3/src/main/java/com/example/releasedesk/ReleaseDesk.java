package com.example.releasedesk;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.prompt.ResolvedPrompt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Publishes prompts, and keeps a journal of who got what and why. */
@ApplicationScoped
public class ReleaseDesk {
    private final PromptForge forge;
    private final Journal journal;

    ReleaseDesk(PromptForge forge, Journal journal) {
        this.forge = forge;
        this.journal = journal;
    }

    /** Both or neither. */
    @Transactional
    public void publish(UUID organizationId, UUID promptId, int version, String environment, String reason) {
        journal.write(organizationId, promptId, environment, version, reason);
        forge.tenant(organizationId).prompts().deploy(promptId, version, environment, null);
    }

    /** Both or neither. */
    @Transactional
    public void withdraw(UUID organizationId, UUID promptId, String environment, String reason) {
        forge.tenant(organizationId).prompts().withdraw(promptId, environment, null);
        journal.write(organizationId, promptId, environment, null, reason);
    }

    /** Reads in a transaction too, where {@code @Transactional} begins it. */
    @Transactional
    public Optional<ResolvedPrompt> live(UUID organizationId, UUID projectId, String name, String environment) {
        return forge.tenant(organizationId).prompts().resolve(projectId, name, environment);
    }

    public List<JournalEntry> journal(UUID organizationId, UUID promptId) {
        return journal.of(organizationId, promptId);
    }
}

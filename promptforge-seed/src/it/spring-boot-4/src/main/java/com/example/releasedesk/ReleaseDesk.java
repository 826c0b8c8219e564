package com.example.releasedesk;

import io.promptforge.dao.Tenant;
import io.promptforge.dao.prompt.ResolvedPrompt;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class ReleaseDesk {
    private final Journal journal;

    ReleaseDesk(Journal journal) {
        this.journal = journal;
    }

    /** Both or neither. */
    @Transactional
    public void publish(Tenant tenant, UUID promptId, int version, String environment, String reason) {
        journal.write(tenant.organizationId(), promptId, environment, version, reason);
        tenant.prompts().deploy(promptId, version, environment, null);
    }

    /** Both or neither. */
    @Transactional
    public void withdraw(Tenant tenant, UUID promptId, String environment, String reason) {
        tenant.prompts().withdraw(promptId, environment, null);
        journal.write(tenant.organizationId(), promptId, environment, null, reason);
    }

    public Optional<ResolvedPrompt> live(Tenant tenant, UUID projectId, String name, String environment) {
        return tenant.prompts().resolve(projectId, name, environment);
    }

    public List<JournalEntry> journal(Tenant tenant, UUID promptId) {
        return journal.of(tenant.organizationId(), promptId);
    }
}

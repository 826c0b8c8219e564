package com.example.releasedesk;

import java.time.Instant;
import java.util.UUID;

/** One line of the journal; without a version, nothing is live any more. */
public record JournalEntry(Instant writtenAt, UUID promptId, String environment, Integer version, String reason) {}

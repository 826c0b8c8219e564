package io.promptforge.dao.evaluator;

/**
 * What the installation of a catalogue did.
 *
 * @param installed number of evaluators that were added
 * @param updated number of evaluators that got a new version, because the edition is newer than that of their newest version
 * @param kept number of evaluators that the organization has already, by their name, and that were left as they are
 */
public record InstalledEvaluators(int installed, int updated, int kept) {}

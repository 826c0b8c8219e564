package io.promptforge.schema.doctor;

import io.promptforge.schema.doctor.Finding.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The result of an examination.
 *
 * @param schema the name of the schema
 * @param findings the worst first; empty when nothing is wrong
 */
public record Diagnosis(String schema, List<Finding> findings) {

    public Diagnosis {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::fault))
                .toList();
    }

    /** The severity of the worst finding; empty when there is none. */
    public Optional<Severity> worst() {
        return findings.stream().findFirst().map(Finding::severity);
    }
}

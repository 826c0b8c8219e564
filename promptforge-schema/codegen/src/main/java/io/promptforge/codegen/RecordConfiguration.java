package io.promptforge.codegen;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Target;

/** The configuration of jOOQ's generator: which tables get a record, and which Java type a column has. */
final class RecordConfiguration {
    private RecordConfiguration() {}

    static Configuration of(String schema, Path target) {
        return new Configuration()
                .withGenerator(new org.jooq.meta.jaxb.Generator()
                        .withDatabase(new Database()
                                .withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withInputSchema(schema)
                                .withOutputSchema("promptforge")
                                .withIncludes(".*")
                                // partitions, and functions that repositories do not call through jOOQ
                                .withExcludes(
                                        "spans_.*|create_span_partitions|are_prompt_messages|isolate_tenants|share_with_services|keep_from_services|set_locally|claim_.*|evaluation_end|find_.*|projects_with_retention"
                                                + "|audit_hash|audit_digest|audit_changes|current_audit_transaction|current_actor|logs_erasures")
                                .withForcedTypes(forcedTypes()))
                        .withGenerate(new Generate()
                                .withGlobalObjectReferences(true)
                                .withGeneratedAnnotation(true)
                                .withGeneratedAnnotationDate(false))
                        .withTarget(new Target()
                                .withPackageName("io.promptforge.schema.jooq")
                                .withDirectory(target.toString())));
    }

    private static List<ForcedType> forcedTypes() {
        return Stream.concat(
                        Stream.of(
                                new ForcedType()
                                        .withName("INSTANT")
                                        .withIncludeTypes("(?i)timestamptz|timestamp.*with time zone"),
                                microseconds()),
                        closedSets())
                .toList();
    }

    private static ForcedType microseconds() {
        return new ForcedType()
                .withUserType("java.time.Duration")
                .withConverter("org.jooq.Converter.ofNullable(Long.class, java.time.Duration.class,"
                        + " us -> java.time.Duration.of(us, java.time.temporal.ChronoUnit.MICROS),"
                        + " java.util.concurrent.TimeUnit.MICROSECONDS::convert)")
                .withIncludeExpression(".*_us");
    }

    private static Stream<ForcedType> closedSets() {
        return Stream.of(
                closedSet("Role", "(users|project_memberships)\\.role"),
                closedSet("ProviderType", "model_providers\\.type"),
                closedSet("ProjectStatus", "projects\\.status"),
                closedSet("PromptStatus", "prompts\\.status"),
                closedSet("TemplateFormat", "prompt_versions\\.template_format"),
                closedSet("EvaluationType", "evaluations\\.type"),
                closedSet("EvaluationStatus", "evaluations\\.status"),
                closedSet("ResultOutcome", "evaluation_results\\.outcome"),
                closedSet("EvaluatorKind", "evaluators\\.kind"),
                closedSet("PolicyType", "(policies|policy_versions)\\.type"),
                closedSet("Severity", "(policies|policy_violations)\\.severity"),
                closedSet("PolicyAction", "policies\\.action"),
                closedSet("ViolationStatus", "policy_violations\\.status"),
                closedSet("ExecutionStatus", "(traces|spans)\\.status"),
                closedSet("SpanKind", "spans\\.kind"),
                closedSet("RepricingStatus", "repricings\\.status"),
                closedSet("ActorType", "audit_entries\\.actor_type"),
                closedSet("AuditAction", "audit_entries\\.action"));
    }

    /** A text column whose CHECK lists the lower-case names of an enum's constants. */
    private static ForcedType closedSet(String type, String columns) {
        String enumType = "io.promptforge.schema.type." + type;
        return new ForcedType()
                .withUserType(enumType)
                .withConverter("new org.jooq.impl.EnumConverter<String, " + enumType + ">(String.class, " + enumType
                        + ".class, e -> e.name().toLowerCase(java.util.Locale.ROOT))")
                .withIncludeExpression("(.*\\.)?" + columns);
    }
}

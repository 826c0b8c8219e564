package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.newName;

import io.promptforge.dao.audit.AuditDigest;
import io.promptforge.dao.evaluator.EvaluatorCatalogue;
import io.promptforge.dao.model.ModelCatalogue;
import io.promptforge.dao.page.PageRequest;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Arguments with which a call succeeds for the tenant that has the belongings. Ids and texts are those of the row that the
 * parameter is named after; {@code id} is that of the repository's own row. What is written has new texts, and all references
 * that it can have.
 */
class Arguments extends Samples {

    /** Calls that need another row than the one that the parameter is named after. */
    private static final Map<String, String> ROWS = Map.ofEntries(
            Map.entry("evaluations.append id", "runningEvaluation"),
            Map.entry("evaluations.cancel id", "runningEvaluation"),
            Map.entry("evaluations.complete id", "runningEvaluation"),
            Map.entry("evaluations.fail id", "runningEvaluation"),
            Map.entry("evaluations.reopen id", "evaluation"),
            Map.entry("evaluations.start id", "pendingEvaluation"),
            Map.entry("traces.children traceId", "runningTrace"),
            Map.entry("traces.childSummaries ids", "runningTrace"),
            Map.entry("traces.finish id", "runningTrace"),
            Map.entry("users.removePassword id", "linkedUser"),
            Map.entry("violations.reopen id", "resolvedViolation"));

    /** Texts that the row has by another name than the parameter's. */
    private static final Map<String, String> TEXTS = Map.of("models.resolve name", "providerModelId");

    /** Names of parameters that are not named after the row. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("author", "user"),
            Map.entry("createdBy", "user"),
            Map.entry("deployedBy", "user"),
            Map.entry("endedBy", "user"),
            Map.entry("redactedBy", "user"),
            Map.entry("replacing", "priceList"),
            Map.entry("listId", "priceList"),
            Map.entry("baseId", "evaluation"),
            Map.entry("candidateId", "evaluation"),
            Map.entry("actorId", "user"),
            Map.entry("rowId", "project"),
            Map.entry("transactionId", "audit"));

    private final Belongings has;
    private final EveryCall call;

    Arguments(Belongings has, EveryCall call) {
        super(0);
        this.has = has;
        this.call = call;
    }

    static Object[] of(EveryCall call, Belongings has) {
        return new Arguments(has, call).all();
    }

    final Object[] all() {
        return Arrays.stream(call.method().getParameters())
                .map(parameter -> given(parameter.getParameterizedType(), parameter.getName()))
                .toArray();
    }

    Object given(Type type, String name) {
        if (type instanceof ParameterizedType many && many.getActualTypeArguments()[0] == UUID.class) {
            return List.of(given(UUID.class, name));
        }
        if (type == UUID.class) {
            String row = ROWS.getOrDefault(call.name() + " " + name, name.matches("ids?") ? ownRow() : "");
            return row.isEmpty() ? id(name) : has.id(row);
        }
        if (type == String.class) {
            return name.equals("environment")
                    ? "production"
                    : name.equals("newPassword")
                            ? text(name)
                            : name.equals("password") ? TestTenant.PASSWORD : stored(name);
        }
        if (type == int.class) { // the prompt has two versions, the newest last
            return name.matches("to|expectedHead") ? 2 : 1;
        }
        return of(type, name);
    }

    @Override
    Object of(Type type, String name) {
        return type == PageRequest.class
                ? PageRequest.first(1)
                : type == AuditDigest.class
                        ? has.tenant.audit().digest()
                        : type == ModelCatalogue.class
                                ? ModelCatalogue.standard()
                                : type == EvaluatorCatalogue.class
                                        ? EvaluatorCatalogue.standard()
                                        : super.of(type, name);
    }

    @Override
    Object input(Class<?> type) {
        if (Filters.isFilter(type)) {
            return Filters.inProject(type, has.id("project"));
        }
        Object input = super.input(type);
        for (Method setter : setters(type)) {
            if (isSet(setter.getParameterTypes()[0], setter.getName(), type.getSimpleName())) {
                input = set(setter, input);
            }
        }
        return input;
    }

    /** References, the spans of a trace, what the price of a span is made from, and a text of an edit. */
    private static boolean isSet(Class<?> type, String name, String input) {
        return type == UUID.class
                || name.matches("spans|requestModel|inputTokens|outputTokens")
                || (input.endsWith("Changes") && name.matches("description|fullName"));
    }

    @Override
    String text(String name) {
        return name.equals("requestModel")
                ? String.valueOf(value(has.row("aiModel"), "providerModelId"))
                : newName(name.endsWith("assword") ? "a new password" : "new")
                        + (name.equals("email") ? "@example.com" : "");
    }

    @Override
    UUID id(String name) {
        return name.matches("id|parentId")
                ? UUID.randomUUID()
                : has.id(ALIASES.getOrDefault(name, name.replaceFirst("Ids?$", "")));
    }

    /** The text of the repository's own row, or any other if it has none of that name. */
    private String stored(String parameter) {
        String name = TEXTS.getOrDefault(call.name() + " " + parameter, parameter);
        return value(has.row(ownRow()), name) instanceof String text ? text : "some";
    }

    private String ownRow() {
        return call.accessor().getName().replaceFirst("ies$", "y").replaceFirst("s$", "");
    }

    private static Object value(Record row, String name) {
        return Arrays.stream(row.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .map(RecordComponent::getAccessor)
                .map(accessor -> call(accessor, row))
                .findAny()
                .orElse("some");
    }
}

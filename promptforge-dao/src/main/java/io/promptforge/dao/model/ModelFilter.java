package io.promptforge.dao.model;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import java.util.List;
import java.util.UUID;

/**
 * The conditions that a listed model meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ModelFilter extends Input<ModelFilter> {
    static final Criterion<UUID> PROVIDER_ID = new Criterion<>("provider_id");
    static final Criterion<Boolean> ACTIVE = new Criterion<>("active");
    static final Criterion<Boolean> DEPRECATED = new Criterion<>("deprecated");
    static final Criterion<List<ModelCapability>> CAPABILITIES = new Criterion<>("capabilities");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final ModelFilter ALL = new ModelFilter(Criteria.none());

    private final Criteria criteria;

    private ModelFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every model of the tenant. */
    public static ModelFilter all() {
        return ALL;
    }

    /** Requires this provider. */
    public ModelFilter providerId(UUID provider) {
        return with(PROVIDER_ID, Check.present("provider_id", provider));
    }

    /** Requires that the model is offered for new work, or that it is not. */
    public ModelFilter active(boolean active) {
        return with(ACTIVE, active);
    }

    /** Requires that the provider has announced the model's end, or that it has not. */
    public ModelFilter deprecated(boolean deprecated) {
        return with(DEPRECATED, deprecated);
    }

    /** Requires all of these capabilities. */
    public ModelFilter capabilities(ModelCapability... all) {
        return with(CAPABILITIES, Check.choices("capabilities", all));
    }

    /** Requires this text in the name or the provider's model id, in any letter case. */
    public ModelFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> ModelFilter with(Criterion<T> criterion, T value) {
        return new ModelFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}

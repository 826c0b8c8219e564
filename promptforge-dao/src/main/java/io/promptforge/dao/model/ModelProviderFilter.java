package io.promptforge.dao.model;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.ProviderType;
import java.util.List;

/**
 * The conditions that a listed model provider meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ModelProviderFilter extends Input<ModelProviderFilter> {
    static final Criterion<List<ProviderType>> TYPE = new Criterion<>("type");
    static final Criterion<Boolean> ACTIVE = new Criterion<>("active");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final ModelProviderFilter ALL = new ModelProviderFilter(Criteria.none());

    private final Criteria criteria;

    private ModelProviderFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every model provider of the tenant. */
    public static ModelProviderFilter all() {
        return ALL;
    }

    /** Requires one of these APIs; any API, if none is given. */
    public ModelProviderFilter type(ProviderType... any) {
        return with(TYPE, Check.choices("type", any));
    }

    /** Requires that the provider is offered, or that it is not. */
    public ModelProviderFilter active(boolean active) {
        return with(ACTIVE, active);
    }

    /** Requires this text in the name or the description, in any letter case. */
    public ModelProviderFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> ModelProviderFilter with(Criterion<T> criterion, T value) {
        return new ModelProviderFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}

package io.promptforge.dao.model;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Prices of a model, to be set from a moment on. Immutable and thread-safe. A value that is not accepted is refused with an
 * {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the database.
 *
 * <pre>{@code NewPriceList.of(Instant.parse("2026-01-01T00:00:00Z"), ModelPrices.perMillion("2", "8"))}</pre>
 */
public final class NewPriceList extends Input<NewPriceList> {
    /** The begin of a list that holds for all time before the next. */
    public static final Instant ALWAYS = Instant.parse("0001-01-01T00:00:00Z");

    private static final String REPLACED = "replaced";

    private final ColumnValues values;
    private final @Nullable UUID replaced;

    private NewPriceList(ColumnValues values, @Nullable UUID replaced) {
        super(values.withOptional(REPLACED, replaced));
        this.values = values;
        this.replaced = replaced;
    }

    /** Prices that hold from this moment on, until the next list of the model begins; unknown ones end those before. */
    public static NewPriceList of(Instant from, ModelPrices prices) {
        return new NewPriceList(
                ColumnValues.none()
                        .with("valid_from", Check.instant("valid_from", from))
                        .with("rates", Check.present("rates", prices).toJson()),
                null);
    }

    /** Prices that hold for all time before the next list of the model. */
    public static NewPriceList always(ModelPrices prices) {
        return of(ALWAYS, prices);
    }

    /** Sets where the prices come from, such as the address of a page, 1 to 1,000 characters; null when it is unknown. */
    public NewPriceList source(@Nullable String text) {
        return new NewPriceList(
                values.withOptional("source", text == null ? null : Check.text("source", text)), replaced);
    }

    /** Corrects this list of the model, which holds no more then. The new one may begin at another moment. */
    public NewPriceList replacing(UUID listId) {
        return new NewPriceList(values, Check.present(REPLACED, listId));
    }

    NewPriceList ofCatalogue() {
        return new NewPriceList(values.with("of_catalogue", true), replaced);
    }

    Instant validFrom() {
        return Objects.requireNonNull(values.get("valid_from"));
    }

    Optional<UUID> replaced() {
        return Optional.ofNullable(replaced);
    }

    ColumnValues values() {
        return values;
    }
}

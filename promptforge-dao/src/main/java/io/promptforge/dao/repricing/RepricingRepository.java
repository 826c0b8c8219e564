package io.promptforge.dao.repricing;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Computes the costs of stored spans anew, after a model was registered late, or a price was wrong: by the model that a span's name
 * means now, and by the price list of it that holds for the moment at which the span started. A cost that the sender reported is
 * never touched unless the scope says so; and where no cost can be computed now, what is stored stays. The totals of the traces follow
 * in the same transaction.
 *
 * <p>{@link #start} and {@link #undo} work in transactions of about 2,000 spans each, one after the other, in the order in which the
 * traces occurred, with constant memory, while traces are recorded and read. They can be interrupted at any time, and go on by
 * {@link #resume}. An organization has at most one repricing that runs or is being undone. Inside of a caller's transaction all of it
 * is one transaction.
 *
 * <p>Methods refuse null with an {@link io.promptforge.dao.error.InvalidValueException}; an id of another organization is not found.
 * Thread-safe like {@link io.promptforge.dao.Tenant}.
 */
public interface RepricingRepository {
    /**
     * What a repricing would change. Reads all traces of the scope; writes and locks nothing.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if there is no such project or model
     * @throws io.promptforge.dao.error.InvalidValueException if the period ends before it begins
     */
    RepricingPreview preview(RepricingScope scope);

    /**
     * Reprices all spans of the scope.
     *
     * @param progress is called after each transaction, by the calling thread; an exception of it interrupts the work
     * @return the completed repricing
     * @throws io.promptforge.dao.error.AlreadyExistsException if another one runs or is being undone; the field is {@code running}
     * @throws io.promptforge.dao.error.InvalidReferenceException if there is no such project or model
     * @throws io.promptforge.dao.error.InvalidValueException if the period ends before it begins
     */
    Repricing start(RepricingScope scope, Consumer<Repricing> progress);

    /** {@link #start(RepricingScope, Consumer)} without reports. */
    default Repricing start(RepricingScope scope) {
        return start(scope, progress -> {});
    }

    /**
     * Goes on with a repricing that was interrupted, in whichever direction it went. Two that go on at the same time share the work.
     *
     * @param progress as for {@link #start(RepricingScope, Consumer)}
     * @return the repricing when it is completed or undone; unchanged if it is already
     * @throws io.promptforge.dao.error.NotFoundException if there is none with this id
     */
    Repricing resume(UUID id, Consumer<Repricing> progress);

    /**
     * Restores model, price list and cost of all spans that a repricing has changed, also of one that was interrupted, and the totals
     * of their traces. A span that has changed since, by a record or a later repricing, is left as it is and counted.
     *
     * @param progress as for {@link #start(RepricingScope, Consumer)}
     * @return the undone repricing; unchanged if it was undone already
     * @throws io.promptforge.dao.error.NotFoundException if there is none with this id
     * @throws io.promptforge.dao.error.AlreadyExistsException if another one runs or is being undone
     */
    Repricing undo(UUID id, Consumer<Repricing> progress);

    /** {@link #undo(UUID, Consumer)} without reports. */
    default Repricing undo(UUID id) {
        return undo(id, progress -> {});
    }

    /** The repricing with this id. */
    Optional<Repricing> find(UUID id);

    /** All repricings, the newest first. */
    Page<Repricing> list(PageRequest page);
}

package io.promptforge.dao.evaluation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on the errors of refused calls. */
final class Refusals {

    private Refusals() {}

    static void assertInvalid(String field, ThrowingCallable call) {
        assertRefused(InvalidValueException.class, field, call);
    }

    static void assertMissingReference(String field, ThrowingCallable call) {
        assertRefused(InvalidReferenceException.class, field, call);
    }

    static void assertIllegal(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalTransitionException.class);
    }

    static void assertNotFound(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotFoundException.class);
    }

    private static void assertRefused(Class<? extends FieldException> type, String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(type)
                .asInstanceOf(InstanceOfAssertFactories.type(FieldException.class))
                .returns(field, FieldException::field);
    }
}

package io.promptforge.dao;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test that is not meant for distributed tables, with the reason: it runs on plain PostgreSQL only. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NotOnCitus.OnPlainPostgres.class)
public @interface NotOnCitus {
    /** Why. */
    String value();

    /** Asks whether the tests run on a cluster. */
    final class OnPlainPostgres implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), NotOnCitus.class)
                    .filter(there -> ClassDatabase.isCluster())
                    .map(there -> ConditionEvaluationResult.disabled(there.value()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("not on Citus, or meant for it"));
        }
    }
}

package io.promptforge.seed.testkit;

import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A template could not be prepared, which is no failure of the server. */
final class TemplateFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private TemplateFailure(DatabaseTemplate template, Exception cause) {
        super("Template " + template.getClass().getName() + ": " + cause.getMessage(), cause);
    }

    /** Prepares the template; what it throws is named after it. */
    static void prepare(DatabaseTemplate template, DataSource dataSource) throws Exception {
        try {
            template.prepare(dataSource);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new TemplateFailure(template, e);
        }
    }

    /** The failure of a template among the causes. */
    static Optional<TemplateFailure> in(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .filter(TemplateFailure.class::isInstance)
                .map(TemplateFailure.class::cast)
                .findFirst();
    }
}

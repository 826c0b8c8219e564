package io.promptforge.benchmarks;

import io.promptforge.benchmarks.InsertTable.Rows;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate ORM with batches: an entity manager per transaction, flushed and cleared as its guide advises. Rows that may be
 * stored are merged.
 *
 * @param name the name of the contender, which says what its connections are
 * @param factory makes entity managers
 */
record HibernateBatch(String name, EntityManagerFactory factory) implements RowWriter {
    private static final int BATCH_SIZE = 1_000;

    static EntityManagerFactory factory(DataSource dataSource) {
        Configuration configuration = new Configuration();
        configuration.addAnnotatedClasses(
                TraceEntity.class,
                TraceEntity.Shown.class,
                SpanEntity.class,
                SpanEntity.Shown.class,
                EvaluationResultEntity.class);
        configuration.getProperties().put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, dataSource);
        configuration.setProperty(AvailableSettings.STATEMENT_BATCH_SIZE, BATCH_SIZE);
        configuration.setProperty(AvailableSettings.ORDER_INSERTS, true);
        return configuration.buildSessionFactory();
    }

    @Override
    public void write(List<Rows<?>> rows, boolean known, @Nullable String afterwards) {
        factory.runInTransaction(manager -> {
            int pending = 0;
            for (Rows<?> some : rows) {
                for (Object row : some.rows()) {
                    if (known) {
                        manager.merge(entity(row));
                    } else {
                        manager.persist(entity(row));
                    }
                    pending++;
                    if (pending % BATCH_SIZE == 0) {
                        manager.flush();
                        manager.clear();
                    }
                }
            }
            if (afterwards != null) {
                manager.flush();
                manager.createNativeQuery(afterwards).executeUpdate();
            }
        });
    }

    private static Object entity(Object row) {
        if (row instanceof TraceInsert trace) {
            return TraceEntity.of(trace);
        }
        return row instanceof SpanInsert span ? SpanEntity.of(span) : EvaluationResultEntity.of((ResultInsert) row);
    }
}

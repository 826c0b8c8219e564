package io.promptforge.dao.internal.write;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jooq.Binding;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingGetSQLInputContext;
import org.jooq.BindingGetStatementContext;
import org.jooq.BindingRegisterContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetSQLOutputContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.Converters;

/**
 * Hands an array to the driver as an array. jOOQ itself would spell it out as text, which takes PostgreSQL longer to read
 * than many of its values are worth.
 */
final class ArrayParameter implements Binding<Object, Object> {
    private static final long serialVersionUID = 1L;

    private final String sentAs;
    private final String type;
    private final transient IntFunction<Object[]> ofLength;

    /**
     * A way to send arrays.
     *
     * @param sentAs the type of an element as sent, by PostgreSQL's short name
     * @param type the type of an element that the server makes of it
     * @param ofLength makes a Java array of the type that the driver knows how to send
     */
    ArrayParameter(String sentAs, String type, IntFunction<Object[]> ofLength) {
        this.sentAs = sentAs;
        this.type = type;
        this.ofLength = ofLength;
    }

    @Override
    public Converter<Object, Object> converter() {
        return Converters.identity(Object.class);
    }

    @Override
    public void sql(BindingSQLContext<Object> context) {
        context.render().sql(context.variable()).sql("::").sql(type).sql("[]");
    }

    @Override
    public void set(BindingSetStatementContext<Object> context) throws SQLException {
        Object[] values = (Object[]) context.value();
        Array array = context.statement()
                .getConnection()
                .createArrayOf(sentAs, Arrays.asList(values).toArray(ofLength.apply(values.length)));
        context.statement().setArray(context.index(), array);
    }

    @Override
    public void register(BindingRegisterContext<Object> context) {
        throw notRead();
    }

    @Override
    public void set(BindingSetSQLOutputContext<Object> context) {
        throw notRead();
    }

    @Override
    public void get(BindingGetResultSetContext<Object> context) {
        throw notRead();
    }

    @Override
    public void get(BindingGetStatementContext<Object> context) {
        throw notRead();
    }

    @Override
    public void get(BindingGetSQLInputContext<Object> context) {
        throw notRead();
    }

    private static UnsupportedOperationException notRead() {
        return new UnsupportedOperationException("only a parameter");
    }
}

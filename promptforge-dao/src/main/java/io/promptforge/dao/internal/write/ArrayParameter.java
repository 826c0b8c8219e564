package io.promptforge.dao.internal.write;

import io.promptforge.dao.internal.query.BoundArray;
import java.sql.SQLException;
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

    private final String elementType;

    /**
     * A way to send arrays.
     *
     * @param elementType the type of an element that the server makes of it
     */
    ArrayParameter(String elementType) {
        this.elementType = elementType;
    }

    @Override
    public Converter<Object, Object> converter() {
        return Converters.identity(Object.class);
    }

    @Override
    public void sql(BindingSQLContext<Object> context) {
        context.render().sql(context.variable()).sql("::").sql(elementType).sql("[]");
    }

    @Override
    public void set(BindingSetStatementContext<Object> context) throws SQLException {
        BoundArray array = (BoundArray) context.value();
        context.statement()
                .setArray(context.index(), array.on(context.statement().getConnection()));
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

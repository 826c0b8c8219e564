package io.promptforge.dao;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Keeps what is sent to the database over a DataSource. */
public final class RecordedStatements {

    private static final Pattern LITERAL_OR_PLACEHOLDER = Pattern.compile("'(?:[^']|'')*+'|\\?");

    private final DataSource dataSource;
    private final List<Statement> statements = new CopyOnWriteArrayList<>();

    public RecordedStatements(DataSource database) {
        this.dataSource = proxy(
                DataSource.class,
                database,
                (method, arguments, result) -> result instanceof Connection c
                        ? proxy(
                                Connection.class,
                                c,
                                (called, values, made) -> made instanceof PreparedStatement statement
                                        ? recording((String) values[0], statement)
                                        : made)
                        : result);
    }

    /** The DataSource to be used. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** What a call sends, with the values in their places. */
    public List<String> of(Runnable call) {
        return sent(call).stream().map(Statement::text).toList();
    }

    /** What a call sends, with placeholders for the values. */
    public List<String> templatesOf(Runnable call) {
        return sent(call).stream().map(Statement::template).toList();
    }

    private List<Statement> sent(Runnable call) {
        statements.clear();
        call.run();
        return List.copyOf(statements);
    }

    private PreparedStatement recording(String sql, PreparedStatement statement) {
        Map<Integer, String> arrays = new TreeMap<>();
        return proxy(PreparedStatement.class, statement, (method, arguments, result) -> result, (method, arguments) -> {
            if (method.equals("setArray") && !isShown((Array) arguments[1])) {
                arrays.put((Integer) arguments[0], arguments[1].toString());
            } else if (method.startsWith("execute")) {
                statements.add(new Statement(sql, withArrays(statement.toString(), arrays.values())));
            }
        });
    }

    /** The driver shows arrays that it sends as text. */
    private static boolean isShown(Array array) {
        try {
            return array.getBaseTypeName().equals("uuid");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The driver shows a prepared statement with its values, but for arrays that it sends in binary form: outside of
     * literals, {@code ?} is such an array.
     */
    private static String withArrays(String shown, Collection<String> arrays) {
        Iterator<String> values = arrays.iterator();
        return LITERAL_OR_PLACEHOLDER
                .matcher(shown)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group().equals("?") && values.hasNext()
                                ? "'" + values.next().replace("'", "''") + "'"
                                : match.group()));
    }

    private static <T> T proxy(Class<T> type, T target, Answer answer) {
        return proxy(type, target, answer, (method, arguments) -> {});
    }

    private static <T> T proxy(Class<T> type, T target, Answer answer, Before before) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    before.calling(method.getName(), arguments);
                    try {
                        return answer.of(method.getName(), arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    private record Statement(String template, String text) {}

    private interface Answer {
        Object of(String method, Object[] arguments, Object result);
    }

    private interface Before {
        void calling(String method, Object[] arguments);
    }
}

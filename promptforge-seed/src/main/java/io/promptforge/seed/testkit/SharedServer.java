package io.promptforge.seed.testkit;

import io.promptforge.seed.internal.DatabaseUrl;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server that outlives this JVM and is shared with other JVMs, builds and people. Only databases with the names of
 * {@link SharedDatabaseNames} are touched; these names tell a later JVM whether the JVM that created them has ended.
 */
final class SharedServer implements DatabaseServer {
    private final SharedServerSession session;
    private final TemplateChain chain;
    private final String template;

    private SharedServer(SharedServerSession session, TemplateChain chain, String template) {
        this.session = session;
        this.chain = chain;
        this.template = template;
    }

    /** @param url any database on the server; its role needs CREATEDB */
    static SharedServer open(DatabaseUrl url, TemplateChain chain) throws Exception {
        SharedServerSession session = SharedServerSession.to(url);
        String template = session.templates().ready(chain);
        return new SharedServer(session, chain, template);
    }

    @Override
    public String newDatabase() {
        String name = session.newName(chain.hash());
        try {
            session.create(name, template);
            return name;
        } catch (SQLException e) {
            throw new TestDatabaseException("The database " + name + " could not be cloned: " + e.getMessage(), e);
        }
    }

    @Override
    public DatabaseAddress address(String database) {
        return session.address(database);
    }

    @Override
    public DatabaseAddress maintenance() {
        return session.maintenance();
    }

    @Override
    public void discard(String database) {
        session.drop(database);
    }

    @Override
    public String keep(String database) {
        session.keep(database);
        PGSimpleDataSource source = address(database).dataSource();
        return "psql -h " + source.getServerNames()[0] + " -p " + source.getPortNumbers()[0] + " -U "
                + address(database).user() + " " + database + "\nTo remove it: DROP DATABASE "
                + StatementRunner.quoted(database);
    }
}

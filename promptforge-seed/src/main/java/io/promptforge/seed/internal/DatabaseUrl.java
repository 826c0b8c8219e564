package io.promptforge.seed.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database URL as other tools write it: {@code postgresql://user:password@host:5432/database}. The schemes {@code
 * postgres://}, {@code jdbc:postgresql://} and those of other drivers ({@code postgresql+asyncpg://}) are accepted too, and
 * several hosts, {@code host1:5432,host2:5432}, which are tried in turn.
 *
 * @param jdbcUrl the URL for JDBC, without user and password
 * @param user the role that connects; empty if the URL's parameters or the driver decide
 * @param password the password; empty if the URL has none
 */
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {
    private static final Pattern SCHEME = Pattern.compile("(jdbc:)?postgres(ql)?(\\+\\w+)?(?=://)");

    /** What is behind the scheme. java.net.URI knows neither several hosts nor an underscore in the name of one. */
    private static final Pattern PARTS = Pattern.compile("://((?<user>[^@/?#\\s]*)@)?(?<hosts>[^@/?#\\s]*)"
            + "(/|(?<database>/[^/?#\\s]+))?(?<parameters>\\?[^#\\s]*)?");

    private static final Pattern HOSTS =
            Pattern.compile("HOST(,HOST)*".replace("HOST", "([\\w.%-]+|\\[[\\da-fA-F:.]+])(:\\d{1,5})?"));

    /**
     * Parses a URL.
     *
     * @throws InvalidDatabaseUrlException if the text is not such a URL
     */
    public static DatabaseUrl parse(String text) {
        Matcher scheme = SCHEME.matcher(text.strip());
        if (!scheme.lookingAt()) {
            throw new InvalidDatabaseUrlException("does not begin with postgresql://");
        }
        Matcher parts = PARTS.matcher(text.strip().substring(scheme.end()));
        if (!parts.matches()) {
            throw new InvalidDatabaseUrlException(
                    "has a character that is not allowed there; percent-encode it, for example %40 for @");
        }
        String hosts = parts.group("hosts");
        if (hosts.isEmpty()) {
            throw new InvalidDatabaseUrlException("names no host");
        }
        if (!HOSTS.matcher(hosts).matches()) {
            throw new InvalidDatabaseUrlException("names hosts in another form than host:port,host:port");
        }
        if (parts.group("database") == null) {
            throw new InvalidDatabaseUrlException("names no database");
        }
        Optional<String> userInfo = Optional.ofNullable(parts.group("user"));
        return new DatabaseUrl(
                "jdbc:postgresql://" + hosts + parts.group("database") + parameters(parts.group("parameters")),
                userInfo.map(info -> decode(info.split(":", 2)[0])).filter(user -> !user.isEmpty()),
                userInfo.filter(info -> info.contains(":")).map(info -> decode(info.split(":", 2)[1])));
    }

    /**
     * The URL with the password of {@code PGPASSWORD}, if it has none itself. If neither has one, the driver looks into the pgpass
     * file.
     */
    public DatabaseUrl withPasswordFromEnvironment(Map<String, String> environment) {
        return new DatabaseUrl(jdbcUrl, user, password.or(() -> Optional.ofNullable(environment.get("PGPASSWORD"))));
    }

    /** The URL with another parameter. */
    public DatabaseUrl withParameter(String name, String value) {
        return new DatabaseUrl(
                jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + name + "=" + encode(value), user, password);
    }

    /** A new data source without a pool. */
    public DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        user.ifPresent(dataSource::setUser);
        password.ifPresent(dataSource::setPassword);
        dataSource.setApplicationName("promptforge");
        return dataSource;
    }

    /** The URL of another database on the same server, with the same user and parameters. */
    public DatabaseUrl withDatabase(String name) {
        String url = jdbcUrl.replaceFirst("(//[^/?]+/)[^?]*", "$1" + Matcher.quoteReplacement(encode(name)));
        return new DatabaseUrl(url, user, password);
    }

    /** The URL for JDBC with this user and password as parameters. */
    public String withCredentials(String name, String secret) {
        DatabaseUrl named = withParameter("user", name);
        return secret.isEmpty() ? named.jdbcUrl : named.withParameter("password", secret).jdbcUrl;
    }

    /** The URL without the password. */
    @Override
    public String toString() {
        return jdbcUrl.substring("jdbc:".length())
                .replaceFirst("://", "://" + user.map(name -> name + "@").orElse(""));
    }

    /** Translates asyncpg's parameter {@code ssl=require} to {@code sslmode=require}, which JDBC and libpq use. */
    private static String parameters(@Nullable String query) {
        return query == null ? "" : query.replaceAll("([?&])ssl=(?!true|false)", "$1sslmode=");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** Decodes percent-encoding only; a plus stays a plus. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}

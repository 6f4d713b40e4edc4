package io.freshet.cdc.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where the source database is and who may read it. One host: change capture reads the primary.
 *
 * @param url {@code jdbc:postgresql://host:port/database?parameters}
 */
public record SourceDatabase(String url, String user, String password) {

    private static final String JDBC = "jdbc:";
    private static final int DEFAULT_PORT = 5432;
    private static final String CONNECT_SECONDS = "10";

    /** Longer than any statement of ours takes, so that a dead server is noticed. */
    private static final String ANSWER_SECONDS = "30";

    public SourceDatabase {
        parse(url);
    }

    public String host() {
        return parse(url).getHost();
    }

    public int port() {
        int port = parse(url).getPort();
        return port < 0 ? DEFAULT_PORT : port;
    }

    /** The database's name. */
    public String name() {
        return parse(url).getPath().substring(1);
    }

    /** The driver's parameters that the URL carries, such as {@code sslmode}. */
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        String query = parse(url).getRawQuery();
        if (query != null) {
            for (String parameter : query.split("&", -1)) {
                String[] sides = parameter.split("=", 2);
                String value = sides.length == 2 ? sides[1] : "";
                parameters.put(sides[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    /**
     * Opens a connection in autocommit mode, which the caller closes.
     *
     * @throws SQLException when the server cannot be reached or does not answer in time
     */
    public Connection connect() throws SQLException {
        Properties properties = properties();
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        return DriverManager.getConnection(url, properties);
    }

    /** A connection whose statements may take as long as they need. */
    public Connection connectPatiently() throws SQLException {
        return DriverManager.getConnection(url, properties());
    }

    /** A connection that speaks the replication protocol, simple statements only. */
    public Connection connectForReplication() throws SQLException {
        Properties properties = properties();
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("replication", "database");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(url, properties);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "%s:%d/%s".formatted(host(), port(), name());
    }

    private Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "freshet-cdc");
        return properties;
    }

    private static URI parse(String url) {
        try {
            if (url.startsWith(JDBC + "postgresql://")) {
                URI uri = new URI(url.substring(JDBC.length()));
                if (uri.getHost() != null && uri.getPath().length() > 1) {
                    return uri;
                }
            }
        } catch (URISyntaxException _) {
            // falls through to the message below
        }
        throw new IllegalArgumentException(
                "freshet.cdc.url must be jdbc:postgresql://host:port/database, not '" + url + "'");
    }
}

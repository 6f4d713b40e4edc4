package io.freshet.engine.source;

/**
 * How a source database is reached. Its user should be one that may only read.
 *
 * @param url of JDBC
 * @param poolSize connections at most, and so queries at one time from this node
 */
public record SqlDatabaseOptions(String url, String user, String password, int poolSize) {

    public static final int DEFAULT_POOL_SIZE = 16;

    public SqlDatabaseOptions {
        if (poolSize < 1) {
            throw new IllegalArgumentException("pool size must be at least 1");
        }
    }

    /** With the default pool size. */
    public SqlDatabaseOptions(String url, String user, String password) {
        this(url, user, password, DEFAULT_POOL_SIZE);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SqlDatabaseOptions[url=%s, user=%s, poolSize=%d]".formatted(url, user, poolSize);
    }
}

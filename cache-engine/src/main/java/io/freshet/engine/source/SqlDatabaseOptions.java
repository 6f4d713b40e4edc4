package io.freshet.engine.source;

import org.jspecify.annotations.Nullable;

/**
 * How a source database is reached. Its user should be one that may only read.
 *
 * @param url of JDBC
 * @param poolSize connections at most, and so queries at one time from this node
 * @param applicationName what the database's administrators see in {@code pg_stat_activity}
 * @param standby is read instead where it knows enough; null for none
 * @param writer how it is written; null for as it is read
 */
public record SqlDatabaseOptions(
        String url,
        String user,
        String password,
        int poolSize,
        String applicationName,
        @Nullable StandbyOptions standby,
        @Nullable WriterOptions writer) {

    public static final int DEFAULT_POOL_SIZE = 16;

    private static final String DEFAULT_NAME = "freshet";

    public SqlDatabaseOptions {
        if (poolSize < 1) {
            throw new IllegalArgumentException("pool size must be at least 1");
        }
    }

    /** Without a standby, with the default pool size. */
    public SqlDatabaseOptions(String url, String user, String password) {
        this(url, user, password, DEFAULT_POOL_SIZE);
    }

    /** Without a standby. */
    public SqlDatabaseOptions(String url, String user, String password, int poolSize) {
        this(url, user, password, poolSize, DEFAULT_NAME, null, null);
    }

    /** The same under another name. */
    public SqlDatabaseOptions named(String name) {
        return new SqlDatabaseOptions(url, user, password, poolSize, name, standby, writer);
    }

    /** The same with a standby, or without one. */
    public SqlDatabaseOptions with(@Nullable StandbyOptions other) {
        return new SqlDatabaseOptions(
                url, user, password, poolSize, applicationName, other, writer);
    }

    /** The same, written in another way than it is read. */
    public SqlDatabaseOptions writtenBy(@Nullable WriterOptions other) {
        return new SqlDatabaseOptions(
                url, user, password, poolSize, applicationName, standby, other);
    }

    /** How it is written. */
    WriterOptions writing() {
        return writer == null
                ? new WriterOptions(url, user, password, WriterOptions.DEFAULT_POOL_SIZE)
                : writer;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SqlDatabaseOptions[url=%s, user=%s, poolSize=%d, standby=%s]"
                .formatted(url, user, poolSize, standby);
    }
}

package io.freshet.engine.source;

/**
 * How a source database is written.
 *
 * @param url of JDBC
 * @param user one that may write what the namespaces' statements write
 * @param poolSize connections at most, and so writes at one time from this node
 */
public record WriterOptions(String url, String user, String password, int poolSize) {

    public static final int DEFAULT_POOL_SIZE = 8;

    public WriterOptions {
        if (poolSize < 1) {
            throw new IllegalArgumentException("pool size must be at least 1");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "WriterOptions[url=%s, user=%s, poolSize=%d]".formatted(url, user, poolSize);
    }
}

package io.freshet.api.settings;

import io.freshet.engine.source.WriterOptions;
import io.freshet.settings.source.PostgresSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the primary source is written, where namespaces say so: {@code freshet.postgres.writer.*}.
 *
 * @param url JDBC URL; that of the primary unless said otherwise
 * @param user one that may write; that of the primary unless said otherwise
 * @param password of that user; that of the primary unless said otherwise
 * @param poolSize connections at most
 */
@ConfigurationProperties("freshet.postgres.writer")
public record WriterSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("" + WriterOptions.DEFAULT_POOL_SIZE) int poolSize) {

    public WriterOptions of(PostgresSettings primary) {
        return new WriterOptions(
                Objects.requireNonNullElse(url, primary.url()),
                Objects.requireNonNullElse(user, primary.user()),
                Objects.requireNonNullElse(password, primary.password()),
                poolSize);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "WriterSettings[url=%s, user=%s, poolSize=%d]".formatted(url, user, poolSize);
    }
}

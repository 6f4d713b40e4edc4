package io.freshet.settings.source;

import io.freshet.engine.source.StandbyOptions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A streaming standby of the primary source: {@code freshet.postgres.standby.*}.
 *
 * @param url JDBC URL of the standby; without one there is none
 * @param user that of the primary unless said otherwise
 * @param password of that user; that of the primary unless said otherwise
 * @param longestWait longest time that a load waits for it before it reads the primary
 */
@ConfigurationProperties("freshet.postgres.standby")
public record StandbySettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("100ms") Duration longestWait) {

    /** Null when there is none. */
    public @Nullable StandbyOptions of(PostgresSettings primary) {
        return url == null || url.isBlank()
                ? null
                : new StandbyOptions(
                        url,
                        Objects.requireNonNullElse(user, primary.user()),
                        Objects.requireNonNullElse(password, primary.password()),
                        longestWait);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "StandbySettings[url=%s, user=%s, longestWait=%s]".formatted(url, user, longestWait);
    }
}

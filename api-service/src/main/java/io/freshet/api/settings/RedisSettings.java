package io.freshet.api.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is: {@code freshet.redis.*}.
 *
 * @param uri {@code redis://} or {@code rediss://}, with user and password if it asks for them
 * @param commandTimeout after which a command counts as failed; a read then goes to the source
 */
@ConfigurationProperties("freshet.redis")
public record RedisSettings(
        @DefaultValue("redis://127.0.0.1:6379") String uri,
        @DefaultValue("300ms") Duration commandTimeout) {

    /** Without the URI, which may hold a password. */
    @Override
    public String toString() {
        return "RedisSettings[]";
    }
}

package io.freshet.settings.source;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The catalog database, which is also the primary source: {@code freshet.postgres.*}.
 *
 * @param url JDBC URL of the catalog
 * @param user who connects
 * @param password of that user
 */
@ConfigurationProperties("freshet.postgres")
public record PostgresSettings(
        @DefaultValue("jdbc:postgresql://127.0.0.1:5432/freshet") String url,
        @DefaultValue("freshet") String user,
        @DefaultValue("") String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgresSettings[url=" + url + ", user=" + user + "]";
    }
}

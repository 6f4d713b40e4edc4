package io.freshet.api.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The REST interface: {@code freshet.api.*}.
 *
 * @param token what callers must show; there is no default
 * @param namespacesFile namespaces that are declared at the start, see docs/namespaces.md
 * @param maxBodySize largest request body
 * @param maxBatch most keys, entries or tags in one request
 * @param maxWarmJobs of how many warm jobs the progress is remembered
 */
@ConfigurationProperties("freshet.api")
public record ApiSettings(
        @DefaultValue("") String token,
        @Nullable Path namespacesFile,
        @DefaultValue("16MB") DataSize maxBodySize,
        @DefaultValue("500") int maxBatch,
        @DefaultValue("10000") int maxWarmJobs) {

    public ApiSettings {
        token = token.strip();
        if (token.isEmpty()) {
            throw new MissingTokenException();
        }
        if (maxBodySize.toBytes() < 1 || maxBodySize.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("freshet.api.max-body-size must be 1B to 2047MB");
        }
        if (maxBatch < 1) {
            throw new IllegalArgumentException("freshet.api.max-batch must be at least 1");
        }
        if (maxWarmJobs < 1) {
            throw new IllegalArgumentException("freshet.api.max-warm-jobs must be at least 1");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ApiSettings[namespacesFile=%s, maxBodySize=%s, maxBatch=%d, maxWarmJobs=%d]"
                .formatted(namespacesFile, maxBodySize, maxBatch, maxWarmJobs);
    }
}

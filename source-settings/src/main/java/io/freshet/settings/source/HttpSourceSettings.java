package io.freshet.settings.source;

import io.freshet.engine.source.http.HttpOptions;
import io.freshet.engine.source.http.Origin;
import io.freshet.engine.source.http.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where HTTP sources may point: {@code freshet.http-sources.*}.
 *
 * @param allowed origins, such as {@code https://api.example.com}, that may be asked at public
 *     addresses
 * @param allowedPrivate origins that may be asked at any address, such as {@code
 *     http://10.0.0.7:8080}
 * @param secrets by name, such as {@code freshet.http-sources.secrets.prices}, which headers of
 *     sources refer to
 */
@ConfigurationProperties("freshet.http-sources")
public record HttpSourceSettings(
        @DefaultValue List<String> allowed,
        @DefaultValue List<String> allowedPrivate,
        @DefaultValue Map<String, String> secrets) {

    public HttpOptions options() {
        return new HttpOptions(origins(allowed), origins(allowedPrivate), new Secrets(secrets));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "HttpSourceSettings[allowed=%s, allowedPrivate=%s]"
                .formatted(allowed, allowedPrivate);
    }

    private static Set<Origin> origins(List<String> texts) {
        return texts.stream().map(Origin::parse).collect(Collectors.toSet());
    }
}

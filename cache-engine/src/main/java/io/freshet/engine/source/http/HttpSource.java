package io.freshet.engine.source.http;

import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.namespace.HttpSourceConfig;
import io.freshet.engine.source.Loaded;
import io.freshet.engine.source.RowTags;
import io.freshet.engine.source.Source;
import io.freshet.engine.source.SourceException;
import io.freshet.engine.source.SourceException.Reason;
import io.netty.handler.timeout.ReadTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * A web service, asked with one GET for each key. Does not block, follows no redirect, takes no
 * more bytes than a value may have, and fails at the timeout whatever the server does.
 */
final class HttpSource implements Source {

    private final UrlTemplate url;
    private final HttpClient client;
    private final Duration timeout;
    private final long maxBytes;
    private final RowTags tags;

    HttpSource(UrlTemplate url, HttpClient client, HttpSourceConfig config, long maxBytes) {
        this.url = url;
        this.client =
                client.headers(headers -> config.headers().forEach(headers::set))
                        .responseTimeout(config.timeout());
        this.timeout = config.timeout();
        this.maxBytes = maxBytes;
        this.tags = new RowTags(config.tags());
    }

    @Override
    public CompletionStage<Loaded> load(EntryKey key) {
        if (UrlTemplate.isStep(key)) {
            return CompletableFuture.failedFuture(
                    new SourceException(
                            Reason.REJECTED,
                            "a key of dots only would be a step in the path",
                            null));
        }
        return client.get()
                .uri(url.of(key))
                .responseConnection((response, connection) ->
                        answer(response, connection.inbound().receive().asByteArray()))
                .single()
                .map(answer -> answer.toLoaded(url.origin(), tags))
                .timeout(timeout)
                .onErrorMap(this::asOfSource)
                .toFuture()
                .thenApply(Objects::requireNonNull);
    }

    private Mono<Answer> answer(HttpClientResponse response, Flux<byte[]> content) {
        var headers = response.responseHeaders();
        return content.reduceWith(() -> new BoundedBody(maxBytes), BoundedBody::with)
                .map(body ->
                        new Answer(
                                response.status().code(),
                                headers.get("Content-Type"),
                                surrogateKeys(headers.getAll("Surrogate-Key")),
                                body.bytes()));
    }

    private static @Nullable String surrogateKeys(List<String> values) {
        return values.isEmpty() ? null : String.join(" ", values);
    }

    private Throwable asOfSource(Throwable failure) {
        return switch (failure) {
            case SourceException e -> e;
            case TimeoutException e -> late(e);
            case ReadTimeoutException e -> late(e);
            default ->
                    new SourceException(
                            Reason.UNAVAILABLE,
                            "'%s' cannot answer: %s".formatted(url.origin(), failure.getMessage()),
                            failure);
        };
    }

    private SourceException late(Throwable cause) {
        return new SourceException(
                Reason.TIMEOUT,
                "'%s' did not answer within %d ms".formatted(url.origin(), timeout.toMillis()),
                cause);
    }
}

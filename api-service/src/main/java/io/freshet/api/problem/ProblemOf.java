package io.freshet.api.problem;

import io.freshet.contracts.id.IllegalIdentifierException;
import io.freshet.engine.source.SourceException;
import io.freshet.engine.store.StoreUnavailableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.server.ResponseStatusException;

/** Which problem a failure is. What nobody expected is {@link ProblemCode#INTERNAL}. */
public final class ProblemOf {

    private ProblemOf() {}

    public static Problem failure(Throwable failure) {
        return switch (failure) {
            case ProblemException e -> e.problem();
            case IllegalIdentifierException e -> Problem.of(codeOf(e), e.getMessage());
            case DataBufferLimitException _ ->
                    Problem.of(ProblemCode.BODY_TOO_LARGE, "send a smaller body");
            case StoreUnavailableException _ ->
                    Problem.of(ProblemCode.STORE_UNAVAILABLE, "Redis cannot be reached: try again");
            case SourceException e -> Problem.of(codeOf(e.reason()), e.getMessage());
            case KafkaException _, TimeoutException _ ->
                    Problem.of(ProblemCode.KAFKA_UNAVAILABLE, "Kafka did not take it: try again");
            case CompletionException e when e.getCause() != null -> failure(e.getCause());
            case ResponseStatusException e when e.getStatusCode().value() == 404 ->
                    Problem.of(ProblemCode.NOT_FOUND, "the API is at /api/v1/cache");
            case ResponseStatusException e when e.getStatusCode().value() == 405 ->
                    Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "the API is at /api/v1/cache");
            default -> Problem.of(ProblemCode.INTERNAL, null);
        };
    }

    private static ProblemCode codeOf(SourceException.Reason reason) {
        return switch (reason) {
            case TIMEOUT -> ProblemCode.SOURCE_TIMEOUT;
            case UNAVAILABLE -> ProblemCode.SOURCE_UNAVAILABLE;
            case REJECTED -> ProblemCode.VALUE_REJECTED;
        };
    }

    private static ProblemCode codeOf(IllegalIdentifierException e) {
        return switch (e.kind()) {
            case "namespace" -> ProblemCode.ILLEGAL_NAMESPACE;
            case "key" -> ProblemCode.ILLEGAL_KEY;
            case "tag" -> ProblemCode.ILLEGAL_TAG;
            case "pattern" -> ProblemCode.ILLEGAL_PATTERN;
            default -> ProblemCode.ILLEGAL_VALUE;
        };
    }
}

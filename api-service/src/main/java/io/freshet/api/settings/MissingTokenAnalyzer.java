package io.freshet.api.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to start with a token. */
final class MissingTokenAnalyzer extends AbstractFailureAnalyzer<MissingTokenException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingTokenException cause) {
        return new FailureAnalysis(
                "freshet.api.token is not set, and api-service answers nobody without a token.",
                "Choose one and set it in the environment: FRESHET_API_TOKEN=$(openssl rand -hex"
                        + " 24). Callers send it as 'Authorization: Bearer <token>'.",
                cause);
    }
}

package io.freshet.cdc;

import io.freshet.cdc.rule.InvalidRulesException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a mistake in the rules without a stack trace. */
final class InvalidRulesAnalyzer extends AbstractFailureAnalyzer<InvalidRulesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidRulesException cause) {
        return new FailureAnalysis(
                "The invalidation rules cannot be used: " + cause.getMessage(),
                "Correct the rules file and start again.",
                cause);
    }
}

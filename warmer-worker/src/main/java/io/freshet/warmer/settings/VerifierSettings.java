package io.freshet.warmer.settings;

import io.freshet.contracts.id.Namespace;
import io.freshet.warmer.verify.Plan;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The truth verifier: {@code freshet.verifier.*}.
 *
 * @param nodes of api-service that are asked, such as {@code http://10.0.0.7:7400}; none switches
 *     the verifier off
 * @param token that they take, {@code freshet.api.token} of theirs
 * @param rate samples a second: of what is cached, and of what was invalidated by row changes, by
 *     REST, by SQL and by Kafka, each
 * @param after when each sample is checked; ascending, up to five
 * @param exclude namespaces that are not verified, such as those whose callers put values of a form
 *     of their own
 */
@ConfigurationProperties("freshet.verifier")
public record VerifierSettings(
        @DefaultValue List<URI> nodes,
        @DefaultValue("") String token,
        @DefaultValue("1") double rate,
        @DefaultValue({"1s", "5s", "60s"}) List<Duration> after,
        @DefaultValue Set<String> exclude) {

    private static final double MOST = 100;

    public VerifierSettings {
        nodes = List.copyOf(nodes);
        after = List.copyOf(after);
        exclude = Set.copyOf(exclude);
        if (!(rate > 0 && rate <= MOST)) {
            throw new IllegalArgumentException(
                    "freshet.verifier.rate must be above 0 and at most 100, not " + rate);
        }
        if (after.isEmpty()
                || after.size() > 5
                || after.getFirst().toMillis() < 1
                || !after.equals(after.stream().sorted().toList())
                || new HashSet<>(after).size() < after.size()) {
            throw new IllegalArgumentException(
                    "freshet.verifier.after must be one to five ascending durations, not " + after);
        }
    }

    /** Whether anything is to be verified. */
    public boolean isOn() {
        return !nodes.isEmpty();
    }

    public Plan plan() {
        return new Plan(
                rate,
                after,
                exclude.stream().map(Namespace::new).collect(Collectors.toUnmodifiableSet()));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "VerifierSettings[nodes=%s, rate=%s, after=%s, exclude=%s]"
                .formatted(nodes, rate, after, exclude);
    }
}

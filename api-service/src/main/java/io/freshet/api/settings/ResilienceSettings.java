package io.freshet.api.settings;

import io.freshet.engine.resilience.CircuitOptions;
import io.freshet.engine.resilience.GuardOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When sources and Redis are left alone, and how many calls a source gets: {@code
 * freshet.resilience.*}.
 */
@ConfigurationProperties("freshet.resilience")
public record ResilienceSettings(@DefaultValue Sources sources, @DefaultValue Redis redis) {

    /**
     * Of each source: {@code freshet.resilience.sources.*}.
     *
     * @param concurrency calls at one time
     * @param queue calls that may wait for a turn; more are refused at once
     * @param failureRate percentage of failed calls from which on it is left alone
     * @param slowCall what a slow call takes at least; never less than half of the source's timeout
     * @param slowCallRate percentage of slow calls from which on it is left alone
     * @param period of so many seconds are the calls that are judged
     * @param minimumCalls fewer in a period say nothing
     * @param openFor how long it is left alone
     * @param probes calls that then try whether it is back
     */
    public record Sources(
            @DefaultValue("8") int concurrency,
            @DefaultValue("1024") int queue,
            @DefaultValue("50") int failureRate,
            @DefaultValue("80") int slowCallRate,
            @DefaultValue("1s") Duration slowCall,
            @DefaultValue("10s") Duration period,
            @DefaultValue("20") int minimumCalls,
            @DefaultValue("2s") Duration openFor,
            @DefaultValue("3") int probes) {

        public GuardOptions options() {
            return new GuardOptions(
                    new CircuitOptions(
                            failureRate,
                            slowCallRate,
                            slowCall,
                            period,
                            minimumCalls,
                            openFor,
                            probes),
                    concurrency,
                    queue);
        }
    }

    /**
     * Of Redis, as nodes ask it: {@code freshet.resilience.redis.*}. Commands at one time are
     * bounded for each connection.
     *
     * @param failureRate percentage of failed commands from which on it is left alone
     * @param slowCall what a slow command takes at least
     * @param slowCallRate percentage of slow commands from which on it is left alone
     * @param period of so many seconds are the commands that are judged
     * @param minimumCalls fewer in a period say nothing
     * @param openFor how long it is left alone
     * @param probes commands that then try whether it is back
     */
    public record Redis(
            @DefaultValue("50") int failureRate,
            @DefaultValue("80") int slowCallRate,
            @DefaultValue("200ms") Duration slowCall,
            @DefaultValue("5s") Duration period,
            @DefaultValue("50") int minimumCalls,
            @DefaultValue("500ms") Duration openFor,
            @DefaultValue("10") int probes) {

        public CircuitOptions options() {
            return new CircuitOptions(
                    failureRate, slowCallRate, slowCall, period, minimumCalls, openFor, probes);
        }
    }
}

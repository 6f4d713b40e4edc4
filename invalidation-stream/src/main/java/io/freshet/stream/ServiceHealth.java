package io.freshet.stream;

import io.freshet.stream.kafka.ApplierState;
import io.freshet.stream.kafka.RunningStreams;
import io.freshet.stream.metrics.Losses;
import java.util.List;
import org.springframework.boot.health.contributor.Health;

/** What the service's state means for its health. */
final class ServiceHealth {

    private ServiceHealth() {}

    /** Up while both streams run. What was found lost is a detail. */
    static Health ofStreams(StreamService.State state, Losses losses) {
        return switch (state) {
            case StreamService.State.Running(var router, var expander, _) -> {
                var streams = List.of(router, expander);
                boolean running = streams.stream().allMatch(RunningStreams::isRunning);
                var health = running ? Health.up() : Health.outOfService();
                health.withDetail("losses", losses.last());
                streams.forEach(stream -> health.withDetail(stream.name(), stream.state()));
                yield health.build();
            }
            case StreamService.State.NotRunning other -> of(other);
        };
    }

    /**
     * Up while the applier has joined its group. That Redis does not answer is a detail: the
     * evictions wait, and another instance would fare no better. So is what was found lost.
     */
    static Health ofApplier(StreamService.State state, Losses losses) {
        return switch (state) {
            case StreamService.State.Running(_, _, var applier) ->
                    switch (applier.state()) {
                        case ApplierState.Joining _ ->
                                Health.outOfService().withDetail("step", "joining").build();
                        case ApplierState.Applying(var partitions) ->
                                applying(partitions, losses).build();
                        case ApplierState.StoreUnavailable(var partitions) ->
                                applying(partitions, losses)
                                        .withDetail("waiting", "Redis does not answer")
                                        .build();
                        case ApplierState.Failed(var message) ->
                                Health.down().withDetail("problem", message).build();
                    };
            case StreamService.State.NotRunning other -> of(other);
        };
    }

    private static Health.Builder applying(List<Integer> partitions, Losses losses) {
        return Health.up().withDetail("partitions", partitions).withDetail("losses", losses.last());
    }

    private static Health of(StreamService.State.NotRunning state) {
        return switch (state) {
            case StreamService.State.Starting(var step) ->
                    Health.outOfService().withDetail("step", step).build();
            case StreamService.State.Broken(var problem) ->
                    Health.down().withDetail("problem", problem).build();
            case StreamService.State.Stopped _ -> Health.outOfService().build();
        };
    }
}

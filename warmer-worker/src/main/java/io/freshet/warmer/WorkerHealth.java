package io.freshet.warmer;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while jobs are taken; else says what the worker is at. */
record WorkerHealth(Worker worker) implements HealthIndicator {

    @Override
    public Health health() {
        return switch (worker.state()) {
            case Worker.State.Starting(var step) ->
                    Health.outOfService().withDetail("step", step).build();
            case Worker.State.Running _ -> Health.up().build();
            case Worker.State.Broken(var problem) ->
                    Health.down().withDetail("problem", problem).build();
            case Worker.State.Stopped _ -> Health.outOfService().build();
        };
    }
}

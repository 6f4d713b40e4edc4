package io.freshet.infra.local.launch;

import io.freshet.infra.local.supervision.RunningPart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A service's process, asked for its health over HTTP. */
final class ServiceProcess implements RunningPart {
    private static final Duration ANSWER_TIME = Duration.ofSeconds(3);

    private final Process process;
    private final HttpClient http;
    private final HttpRequest readiness;

    ServiceProcess(Process process, HttpClient http, URI readiness) {
        this.process = process;
        this.http = http;
        this.readiness = HttpRequest.newBuilder(readiness).timeout(ANSWER_TIME).build();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public Health health() {
        try {
            int status = http.send(readiness, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? new Health.Good() : new Health.Bad("readiness says " + status);
        } catch (IOException _) {
            return new Health.Bad("no answer on " + readiness.uri().getPort());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Health.Bad("interrupted");
        }
    }

    @Override
    public void stop(Duration grace) {
        process.destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

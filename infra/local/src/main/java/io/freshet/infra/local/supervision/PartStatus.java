package io.freshet.infra.local.supervision;

import io.freshet.infra.local.layout.Part;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What others see of a part.
 *
 * @param pid 0 when there is no process
 * @param port the one to look at first: REST, or health and metrics, or the server's own
 * @param detail for people; may be empty
 */
public record PartStatus(Part part, Word word, long pid, int port, String detail) {

    /** A part's state in one word. */
    public enum Word {
        WAITING,
        STARTING,
        READY,
        UNREADY,
        BROKEN,
        STOPPED
    }

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    static PartStatus of(Part part, PartState state, int port) {
        long pid = state.process().map(RunningPart::pid).orElse(0L);
        return switch (state) {
            case PartState.Waiting _ -> new PartStatus(part, Word.WAITING, pid, port, "");
            case PartState.Launching _ -> new PartStatus(part, Word.STARTING, pid, port, "");
            case PartState.Starting _ -> new PartStatus(part, Word.STARTING, pid, port, "");
            case PartState.Ready ready ->
                    new PartStatus(
                            part,
                            Word.READY,
                            pid,
                            port,
                            "started in " + seconds(ready.startTook()));
            case PartState.Unready unready ->
                    new PartStatus(part, Word.UNREADY, pid, port, unready.why());
            case PartState.Broken broken ->
                    new PartStatus(part, Word.BROKEN, pid, port, next(broken));
            case PartState.Stopped _ -> new PartStatus(part, Word.STOPPED, pid, port, "");
        };
    }

    private static String next(PartState.Broken broken) {
        return broken.willRetry()
                ? broken.why() + ", next try at " + CLOCK.format(broken.retryAt())
                : broken.why();
    }

    private static String seconds(Duration duration) {
        return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
    }
}

package io.freshet.cdc.capture;

/** Where change capture is in its life. */
public sealed interface CaptureState {

    /** On its way to capturing. */
    record Starting(String phase) implements CaptureState {}

    /** Something that it needs is not there yet; it tries again by itself. */
    record Waiting(String reason) implements CaptureState {}

    /** The database or the rules must be mended as the reason says; it looks again by itself. */
    record Refused(String reason) implements CaptureState {}

    /** The log flows. */
    record Capturing() implements CaptureState {}

    /** Something broke; it starts again by itself. */
    record Failed(String reason) implements CaptureState {}

    /** Ended for good. */
    record Stopped() implements CaptureState {}

    /** One word, for health and logs. */
    default String label() {
        return switch (this) {
            case Starting _ -> "starting";
            case Waiting _ -> "waiting";
            case Refused _ -> "refused";
            case Capturing _ -> "capturing";
            case Failed _ -> "failed";
            case Stopped _ -> "stopped";
        };
    }

    /** Why, for people; empty when the label says it all. */
    default String why() {
        return switch (this) {
            case Waiting(String reason) -> reason;
            case Refused(String reason) -> reason;
            case Failed(String reason) -> reason;
            case Starting(String phase) -> phase;
            case Capturing _, Stopped _ -> "";
        };
    }
}

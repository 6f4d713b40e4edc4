package io.freshet.contracts.event;

import java.time.Instant;

/**
 * Somebody gives up the rest of a {@link WarmJob}, on {@code freshet.warm-cancels}.
 *
 * @param id of the job
 * @param by principal
 */
public record WarmCancel(String id, String by, Instant at) {}

package io.freshet.contracts.position;

/**
 * Where an event stands in the inbox, {@code freshet.invalidations}: the token that an invalidation
 * answers with and that a later read may wait for.
 */
public record InboxPosition(int partition, long offset) {

    public InboxPosition {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException("negative: " + partition + ":" + offset);
        }
    }

    /**
     * Reads {@code partition:offset}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static InboxPosition parse(String token) {
        int colon = token.indexOf(':');
        try {
            return new InboxPosition(
                    Integer.parseInt(token, 0, Math.max(colon, 0), 10),
                    Long.parseLong(token, colon + 1, token.length(), 10));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    "an invalidation token is partition:offset, as an invalidation answers it");
        }
    }

    @Override
    public String toString() {
        return partition + ":" + offset;
    }
}

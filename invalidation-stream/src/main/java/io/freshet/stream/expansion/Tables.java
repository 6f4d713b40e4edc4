package io.freshet.stream.expansion;

/**
 * What one expansion keeps.
 *
 * @param keys the index by key
 * @param tags the index by tag
 * @param scopes last positions of scopes
 * @param fanOuts scope invalidations being carried out
 * @param orders what is ordered of them
 * @param position how far the log was read, lastingly
 * @param images what is known of the states of the databases that were spoken of
 */
public record Tables(
        Rows keys, Rows tags, Rows scopes, Rows fanOuts, Rows orders, Rows position, Rows images) {}

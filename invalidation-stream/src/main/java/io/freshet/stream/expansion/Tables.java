package io.freshet.stream.expansion;

/**
 * What one expansion keeps.
 *
 * @param keys the index by key
 * @param tags the index by tag
 * @param scopes last positions of scopes
 * @param fanOuts scope invalidations being carried out
 * @param position how far the log was read, lastingly
 */
public record Tables(Rows keys, Rows tags, Rows scopes, Rows fanOuts, Rows position) {}

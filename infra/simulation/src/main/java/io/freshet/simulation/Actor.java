package io.freshet.simulation;

import java.util.function.BooleanSupplier;

/**
 * Something that acts again and again, whenever it may.
 *
 * @param weight how likely it is picked when the odds are even
 */
record Actor(String label, int weight, BooleanSupplier mayAct, Runnable act) {}

package io.freshet.infra.bench.warming;

import java.util.Arrays;
import java.util.Random;

/**
 * Keys that are asked for as Zipf's law has it, of which some change their rank now and then.
 * Thread-safe.
 */
final class ShiftingZipf {

    private static final int SHARE_THAT_SHIFTS = 100;

    private final double[] upTo;
    private final int[] keyOfRank;
    private final int[] rankOfKey;
    private final Random random;

    /**
     * @param exponent of the law; 1 is usual
     */
    ShiftingZipf(int keys, double exponent, Random random) {
        this.random = random;
        upTo = new double[keys];
        keyOfRank = new int[keys];
        rankOfKey = new int[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++) {
            sum += 1 / Math.pow(rank + 1, exponent);
            upTo[rank] = sum;
            keyOfRank[rank] = rank;
            rankOfKey[rank] = rank;
        }
        for (int rank = keys - 1; rank > 0; rank--) {
            swap(rank, random.nextInt(rank + 1));
        }
    }

    synchronized int next() {
        double at = random.nextDouble() * upTo[upTo.length - 1];
        int found = Arrays.binarySearch(upTo, at);
        return keyOfRank[found < 0 ? -found - 1 : found];
    }

    /** Lets one in a hundred keys change its rank with another. */
    synchronized void shift() {
        for (int i = 0; i < keyOfRank.length / SHARE_THAT_SHIFTS / 2; i++) {
            swap(random.nextInt(keyOfRank.length), random.nextInt(keyOfRank.length));
        }
    }

    /** Whether it is one of so many keys that are asked for most now. */
    synchronized boolean isHot(int key, int top) {
        return rankOfKey[key] < top;
    }

    private void swap(int a, int b) {
        int key = keyOfRank[a];
        keyOfRank[a] = keyOfRank[b];
        keyOfRank[b] = key;
        rankOfKey[keyOfRank[a]] = a;
        rankOfKey[keyOfRank[b]] = b;
    }
}

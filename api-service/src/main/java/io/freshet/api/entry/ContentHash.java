package io.freshet.api.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 of a value's bytes, seed 0 (Yann Collet's specification): 64 bits at memory speed, so that
 * an entity tag costs a read next to nothing. Not a defence against somebody who forges collisions
 * in values of their own.
 */
final class ContentHash {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final long P1_AND_P2 = 0x60EA27EEADC0B5D6L;
    private static final int STRIPE = 32;

    private ContentHash() {}

    static long of(byte[] bytes) {
        int at = 0;
        long hash;
        if (bytes.length >= STRIPE) {
            long a = P1_AND_P2;
            long b = P2;
            long c = 0;
            long d = -P1;
            for (; at <= bytes.length - STRIPE; at += STRIPE) {
                a = round(a, (long) LONG.get(bytes, at));
                b = round(b, (long) LONG.get(bytes, at + 8));
                c = round(c, (long) LONG.get(bytes, at + 16));
                d = round(d, (long) LONG.get(bytes, at + 24));
            }
            hash =
                    Long.rotateLeft(a, 1)
                            + Long.rotateLeft(b, 7)
                            + Long.rotateLeft(c, 12)
                            + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        } else {
            hash = P5;
        }
        return finish(hash + bytes.length, bytes, at);
    }

    private static long finish(long state, byte[] bytes, int from) {
        long hash = state;
        int at = from;
        for (; at <= bytes.length - 8; at += 8) {
            hash ^= round(0, (long) LONG.get(bytes, at));
            hash = Long.rotateLeft(hash, 27) * P1 + P4;
        }
        if (at <= bytes.length - 4) {
            hash ^= ((int) INT.get(bytes, at) & 0xFFFF_FFFFL) * P1;
            hash = Long.rotateLeft(hash, 23) * P2 + P3;
            at += 4;
        }
        for (; at < bytes.length; at++) {
            hash ^= (bytes[at] & 0xFF) * P5;
            hash = Long.rotateLeft(hash, 11) * P1;
        }
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * P1 + P4;
    }
}

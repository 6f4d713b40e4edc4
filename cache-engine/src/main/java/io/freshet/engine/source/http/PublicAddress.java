package io.freshet.engine.source.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Tells addresses of the public internet from those of this machine, this network and special use
 * (RFC 6890), also where an IPv6 address wraps one of IPv4.
 */
final class PublicAddress {

    /** IPv4 ranges that the JDK has no name for: first address, bits. */
    private static final int[][] SPECIAL = {
        {0x0000_0000, 8}, // this network
        {0x6440_0000, 10}, // shared by carriers
        {0xC000_0000, 24}, // protocol assignments
        {0xC000_0200, 24}, // documentation
        {0xC612_0000, 15}, // benchmarks
        {0xC633_6400, 24}, // documentation
        {0xCB00_7100, 24}, // documentation
        {0xF000_0000, 4}, // reserved, broadcast
    };

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int address = ByteBuffer.wrap(bytes).getInt();
        return Arrays.stream(SPECIAL)
                .noneMatch(range -> (address ^ range[0]) >>> (32 - range[1]) == 0);
    }

    /** Only 2000::/3 is in use; and what wraps an IPv4 address is as public as that. */
    private static boolean isPublic6(byte[] bytes) {
        boolean isNat64 = startsWith(bytes, 0x00, 0x64, 0xFF, 0x9B);
        if (isNat64) {
            return wraps(bytes, 12);
        }
        if (startsWith(bytes, 0x20, 0x02)) {
            return wraps(bytes, 2);
        }
        boolean isTeredo = startsWith(bytes, 0x20, 0x01, 0x00, 0x00);
        boolean isDocumentation = startsWith(bytes, 0x20, 0x01, 0x0D, 0xB8);
        return (bytes[0] & 0xE0) == 0x20 && !isTeredo && !isDocumentation;
    }

    private static boolean wraps(byte[] bytes, int from) {
        try {
            return is(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}

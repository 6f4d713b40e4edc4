package io.freshet.infra.local.layout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A port of this instance that something else listens on.
 *
 * @param owner who, where this user may know
 */
public record TakenPort(Port port, int number, Optional<ProcessHandle> owner) {
    private static final int COMMAND_LENGTH = 60;

    /** All taken ones, so that the user mends them in one go. */
    public static List<TakenPort> among(Ports ports) {
        return Arrays.stream(Port.values())
                .filter(port -> !isFree(ports.of(port)))
                .map(port -> new TakenPort(port, ports.of(port), PortOwner.of(ports.of(port))))
                .toList();
    }

    /** What is wrong and how to choose another. */
    public String explanation() {
        return "Port %d (%s) is taken%s. Choose another: %s=%d, or %s=%d in the environment."
                .formatted(
                        number,
                        port.purpose(),
                        owner.map(TakenPort::describe).orElse(" by a process that I cannot see"),
                        port.option(),
                        number + 100,
                        port.variable(),
                        number + 100);
    }

    private static String describe(ProcessHandle process) {
        String command = process.info().commandLine().or(process.info()::command).orElse("?");
        return " by process %d (%s)"
                .formatted(
                        process.pid(),
                        command.length() <= COMMAND_LENGTH
                                ? command
                                : command.substring(0, COMMAND_LENGTH) + "...");
    }

    private static boolean isFree(int number) {
        try (var socket = new ServerSocket(number, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}

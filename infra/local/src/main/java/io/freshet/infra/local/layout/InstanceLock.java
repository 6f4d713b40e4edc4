package io.freshet.infra.local.layout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to run an instance in a directory. The operating system takes it back when its holder
 * ends.
 */
public final class InstanceLock implements AutoCloseable {
    private final FileChannel channel;

    private InstanceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, or nothing when another process holds it. */
    public static Optional<InstanceLock> take(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new InstanceLock(channel));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

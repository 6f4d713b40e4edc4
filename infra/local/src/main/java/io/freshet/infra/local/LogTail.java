package io.freshet.infra.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The end of a growing file. One that has become shorter was begun anew and is read from its start.
 */
final class LogTail {
    private static final int BLOCK = 8192;

    private final Path file;
    private final PrintStream out;
    private long position;

    LogTail(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    void printLast(int lines) throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            position = startOfLast(lines, open);
        }
        printNew();
    }

    void printNew() throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            if (open.length() < position) {
                position = 0;
            }
            open.seek(position);
            byte[] block = new byte[BLOCK];
            for (int read = open.read(block); read > 0; read = open.read(block)) {
                out.write(block, 0, read);
                position += read;
            }
            out.flush();
        }
    }

    private static long startOfLast(int lines, RandomAccessFile open) throws IOException {
        long end = open.length();
        int seen = 0;
        byte[] block = new byte[BLOCK];
        for (long from = end; from > 0; ) {
            int size = (int) Math.min(BLOCK, from);
            from -= size;
            open.seek(from);
            open.readFully(block, 0, size);
            for (int i = size - 1; i >= 0; i--) {
                // The newline that ends the last line begins no other.
                if (block[i] == '\n' && from + i != end - 1 && ++seen == lines) {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }
}

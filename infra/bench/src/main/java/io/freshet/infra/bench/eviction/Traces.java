package io.freshet.infra.bench.eviction;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Where traces come from. */
final class Traces {

    private static final int SEED = 1;

    private Traces() {}

    /** Requests of a web site; empty where the file is not. */
    static Optional<Trace> web(Path directory) throws IOException {
        Path file = directory.resolve("web07.trace.xz");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var keys = IntStream.builder();
        try (var in = new DataInputStream(new XZInputStream(Files.newInputStream(file)))) {
            while (true) {
                keys.add(in.readInt());
            }
        } catch (EOFException _) {
            return Optional.of(new Trace("web07", keys.build().toArray(), 2_000));
        }
    }

    /** Database and compiler workloads, mixed; empty where the file is not. */
    static Optional<Trace> blocks(Path directory) throws IOException {
        Path file = directory.resolve("multi2.trace.gz");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.US_ASCII))) {
            int[] keys =
                    lines.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .mapToInt(Integer::parseInt)
                            .toArray();
            return Optional.of(new Trace("multi2", keys, 1_000));
        }
    }

    /** Some keys are asked for much more than others, and which ones changes by and by. */
    static Trace shiftingZipf(int accesses) {
        int population = 50_000;
        double[] upTo = new double[population];
        double sum = 0;
        for (int i = 0; i < population; i++) {
            sum += Math.pow(i + 1, -0.9);
            upTo[i] = sum;
        }
        Random random = new Random(SEED);
        int[] keys = new int[accesses];
        for (int i = 0; i < accesses; i++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[population - 1]);
            int rank = found < 0 ? -found - 1 : found;
            int shift = i / (accesses / 5) * (population / 10);
            keys[i] = (rank + shift) % population;
        }
        return new Trace("zipf 0.9, shifting", keys, 5_000);
    }
}

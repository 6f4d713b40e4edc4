package io.freshet.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A service in a process of its own, so that it can be killed. */
record ServiceProcess(Process process) implements AutoCloseable {

    static ServiceProcess start(Class<?> main, List<String> options, Path output)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add(main.getName());
        command.addAll(options);
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new ServiceProcess(builder.start());
    }

    /** SIGKILL: nothing is flushed, nobody is told. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        process.onExit().join();
    }
}

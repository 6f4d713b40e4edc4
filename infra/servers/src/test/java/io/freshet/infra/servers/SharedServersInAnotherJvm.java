package io.freshet.infra.servers;

/** A program that uses the shared servers and ends as it is told, for tests. */
final class SharedServersInAnotherJvm {
    private SharedServersInAnotherJvm() {}

    /** Prints the servers' process ids; then fails, or waits to be killed. */
    public static void main(String[] args) throws InterruptedException {
        System.out.println(SharedServers.redis().pid());
        System.out.println(SharedServers.postgres().pid());
        System.out.println("started");
        if (args[0].equals("fail")) {
            throw new IllegalStateException("as wished");
        }
        Thread.currentThread().join();
    }
}

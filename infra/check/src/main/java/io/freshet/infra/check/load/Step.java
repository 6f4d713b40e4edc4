package io.freshet.infra.check.load;

/** Something that is done again and again by one thread. */
interface Step extends AutoCloseable {

    void step() throws InterruptedException;

    @Override
    void close();
}

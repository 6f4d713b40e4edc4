package io.freshet.contracts.trace;

import org.jspecify.annotations.Nullable;

/** Tells nothing. */
enum NoSpan implements Span {
    INSTANCE;

    @Override
    public @Nullable TraceContext context() {
        return null;
    }

    @Override
    public Span with(String attribute, String value) {
        return this;
    }

    @Override
    public Span with(String attribute, long value) {
        return this;
    }

    @Override
    public Span named(String name) {
        return this;
    }

    @Override
    public Span failed(String why) {
        return this;
    }

    @Override
    public void end() {}
}

package io.freshet.infra.check.fault;

import java.time.Duration;

/** Some rows take up to 25 s to load, while they are changed. */
record SlowFill() implements Fault {
    private static final Duration LENGTH = Duration.ofSeconds(40);

    @Override
    public String description() {
        return "rows that take 3 to 25 s to load, longer than each timeout";
    }

    @Override
    public void strike(Site site) throws Exception {
        site.load().slowLoads().turn(true);
        site.did("some rows are slow to load");
        try {
            Thread.sleep(LENGTH);
        } finally {
            site.load().slowLoads().turn(false);
            site.did("rows that are written from now on are quick again");
        }
    }
}

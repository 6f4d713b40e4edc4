package io.freshet.infra.check.fault;

/** FLUSHALL. */
record FlushRedis() implements Fault {

    @Override
    public String description() {
        return "Redis emptied by FLUSHALL";
    }

    @Override
    public void strike(Site site) throws Exception {
        site.instance().redis().ask("FLUSHALL");
        site.did("flushed Redis");
        Thread.sleep(WINDOW.multipliedBy(2));
    }
}

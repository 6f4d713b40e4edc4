package io.freshet.engine.source.http;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Resolves names as the JDK does, off the event loop, and yields only addresses that may be
 * connected to. The connection is made to the very address that was checked, so a name that changes
 * its address in between gains nothing.
 */
final class CheckedResolver extends AddressResolverGroup<InetSocketAddress> {

    private final Predicate<InetAddress> mayConnect;

    CheckedResolver(Predicate<InetAddress> mayConnect) {
        this.mayConnect = mayConnect;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetSocketAddressResolver(executor, new Names(executor));
    }

    /** Those of the addresses that may be connected to. */
    List<InetAddress> checked(String host, InetAddress[] addresses) throws UnknownHostException {
        List<InetAddress> allowed = Arrays.stream(addresses).filter(mayConnect).toList();
        if (allowed.isEmpty()) {
            throw new UnknownHostException(
                    "'%s' has no public address, and is not in freshet.http-sources.allowed-private"
                            .formatted(host));
        }
        return allowed;
    }

    private final class Names extends InetNameResolver {

        Names(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            Thread.startVirtualThread(() -> {
                try {
                    promise.setSuccess(checked(host, InetAddress.getAllByName(host)).getFirst());
                } catch (UnknownHostException e) {
                    promise.setFailure(e);
                }
            });
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            Thread.startVirtualThread(() -> {
                try {
                    promise.setSuccess(checked(host, InetAddress.getAllByName(host)));
                } catch (UnknownHostException e) {
                    promise.setFailure(e);
                }
            });
        }
    }
}

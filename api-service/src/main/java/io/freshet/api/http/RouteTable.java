package io.freshet.api.http;

import io.freshet.api.problem.Problem;
import io.freshet.api.problem.ProblemCode;
import io.freshet.api.problem.ProblemException;
import java.util.List;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Routes by the raw path: the first resource whose template matches takes the request. What matches
 * none, or not with this method, is a problem.
 */
public final class RouteTable implements RouterFunction<ServerResponse> {

    private final List<Resource> resources;

    /**
     * @param resources those with literal segments before those with braces
     */
    public RouteTable(List<Resource> resources) {
        this.resources = List.copyOf(resources);
    }

    /** In the order in which they are tried. */
    public List<Resource> resources() {
        return resources;
    }

    @Override
    public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
        ApiPath path = ApiPath.of(request.uri().getRawPath());
        return path == null ? Mono.empty() : Mono.just(handler(request, path));
    }

    private HandlerFunction<ServerResponse> handler(ServerRequest request, ApiPath path) {
        for (Resource resource : resources) {
            if (resource.matches(path)) {
                Endpoint endpoint = resource.endpoint(request.method());
                if (endpoint == null) {
                    String allowed = resource.allowed();
                    throw Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "allowed here: " + allowed)
                            .with("Allow", allowed)
                            .toException();
                }
                return routed -> endpoint.handle(routed, path);
            }
        }
        throw new ProblemException(ProblemCode.NOT_FOUND, hint(path));
    }

    private static String hint(ApiPath path) {
        if (ReservedNames.NAMESPACES.contains(path.namespace())) {
            return "'" + path.namespace() + "' cannot be a namespace, and has nothing at this path";
        }
        return "nothing is at this path; a '/' inside a key is written %2F";
    }
}

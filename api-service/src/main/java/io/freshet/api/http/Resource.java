package io.freshet.api.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * A path of the API and what may be done there.
 *
 * @param template segments; {@code {namespace}}, {@code {key}} and {@code {id}} stand for any that
 *     are not reserved
 * @param elsewhere methods that are answered before requests are routed
 */
public record Resource(
        List<String> template, Map<HttpMethod, Endpoint> endpoints, Set<HttpMethod> elsewhere) {

    public Resource {
        endpoints = Map.copyOf(endpoints);
    }

    /** A path such as {@code {namespace}/stats}. */
    public static Resource at(String template) {
        return new Resource(List.of(template.split("/")), Map.of(), Set.of());
    }

    public Resource on(HttpMethod method, Endpoint endpoint) {
        var more = new LinkedHashMap<>(endpoints);
        more.put(method, endpoint);
        return new Resource(template, more, elsewhere);
    }

    /** GET, and with it HEAD. */
    public Resource get(Endpoint endpoint) {
        return on(HttpMethod.GET, endpoint).on(HttpMethod.HEAD, endpoint);
    }

    public Resource post(Endpoint endpoint) {
        return on(HttpMethod.POST, endpoint);
    }

    public Resource besides(HttpMethod... methods) {
        return new Resource(template, endpoints, Set.of(methods));
    }

    boolean matches(ApiPath path) {
        List<String> segments = path.segments();
        if (segments.size() != template.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!matches(template.get(i), segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String template, String segment) {
        return switch (template) {
            case "{namespace}" -> !ReservedNames.NAMESPACES.contains(segment);
            case "{key}" -> !ReservedNames.KEYS.contains(segment);
            case "{id}" -> true;
            default -> template.equals(segment);
        };
    }

    @Nullable Endpoint endpoint(HttpMethod method) {
        return endpoints.get(method);
    }

    /** The value of the header {@code Allow}. */
    String allowed() {
        var names = new TreeSet<String>();
        endpoints.keySet().forEach(method -> names.add(method.name()));
        elsewhere.forEach(method -> names.add(method.name()));
        return names.stream().collect(Collectors.joining(", "));
    }
}

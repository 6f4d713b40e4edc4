package io.freshet.infra.servers.container;

/**
 * The image that a server's containers are made of.
 *
 * @param name as {@code docker pull} takes it
 * @param property the system property that names another one, for messages
 */
public record ContainerImage(String name, String property) {

    /** The one that the system property names, or else the default. */
    public static ContainerImage configured(String property, String defaultName) {
        return new ContainerImage(System.getProperty(property, defaultName), property);
    }
}

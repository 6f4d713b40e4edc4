package io.freshet.api.console;

import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.util.StringUtils;

/**
 * A file of the page.
 *
 * @param etag of its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ConsoleFile(byte[] bytes, MediaType type, String etag) {

    private static final Map<String, MediaType> TYPES =
            Map.of(
                    "html", MediaType.parseMediaType("text/html;charset=UTF-8"),
                    "css", MediaType.parseMediaType("text/css;charset=UTF-8"),
                    "js", MediaType.parseMediaType("text/javascript;charset=UTF-8"),
                    "svg", MediaType.parseMediaType("image/svg+xml"));

    /**
     * @param name ends with what it is, such as {@code .js}
     */
    static ConsoleFile of(String name, byte[] bytes) {
        MediaType type = TYPES.get(StringUtils.getFilenameExtension(name));
        if (type == null) {
            throw new IllegalArgumentException("no type is known for " + name);
        }
        return new ConsoleFile(bytes, type, '"' + DigestUtils.md5DigestAsHex(bytes) + '"');
    }
}

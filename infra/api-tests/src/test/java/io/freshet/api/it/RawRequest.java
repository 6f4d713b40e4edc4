package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request whose bytes are sent as they are written here, for those that an HTTP client would not
 * send. Characters are bytes (ISO 8859-1).
 */
record RawRequest(String method, String target, List<String> headers, String content) {

    private static final String END = "\r\n";

    static RawRequest of(String method, String target) {
        return new RawRequest(method, target, List.of(), "")
                .header("Authorization", "Bearer " + RunningService.TOKEN);
    }

    static RawRequest get(String target) {
        return of("GET", target);
    }

    RawRequest withoutToken() {
        return new RawRequest(method, target, List.of(), content);
    }

    RawRequest header(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new RawRequest(method, target, more, content);
    }

    RawRequest body(String text) {
        return new RawRequest(method, target, headers, text);
    }

    HttpAnswer to(RunningService service) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream().write(text().getBytes(StandardCharsets.ISO_8859_1));
            return answer(socket.getInputStream().readAllBytes());
        }
    }

    private String text() {
        var lines = new StringBuilder(method + " " + target + " HTTP/1.1" + END);
        lines.append("Host: localhost").append(END).append("Connection: close").append(END);
        lines.append("Content-Length: ").append(content.length()).append(END);
        headers.forEach(header -> lines.append(header).append(END));
        return lines.append(END).append(content).toString();
    }

    private static HttpAnswer answer(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END + END);
        List<String> lines = text.substring(0, end).lines().toList();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new HttpAnswer(
                Integer.parseInt(lines.getFirst().split(" ", -1)[1]),
                HttpHeaders.of(headers, (_, _) -> true),
                Arrays.copyOfRange(bytes, end + 4, bytes.length));
    }
}

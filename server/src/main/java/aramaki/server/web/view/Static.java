package aramaki.server.web.view;

import aramaki.protocol.crypto.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/// One file that every page may ask for, served to strangers too.
///
/// @param path where the server offers it
/// @param contentType of HTTP
/// @param etag strong, quoted; changes with the bytes
public record Static(String path, String contentType, String etag, byte[] bytes) {
    private static final String HTMX = "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties";

    /// All of them, read from the class path.
    public static List<Static> all() {
        return List.of(
                own("aramaki.css", "text/css; charset=utf-8"),
                own("aramaki.js", "text/javascript; charset=utf-8"),
                own("alerts.css", "text/css; charset=utf-8"),
                own("alerts.js", "text/javascript; charset=utf-8"),
                own("check.css", "text/css; charset=utf-8"),
                own("check.js", "text/javascript; charset=utf-8"),
                own("timeline.css", "text/css; charset=utf-8"),
                own("timeline.js", "text/javascript; charset=utf-8"),
                own("keys.js", "text/javascript; charset=utf-8"),
                own("palette.js", "text/javascript; charset=utf-8"),
                own("passkey.css", "text/css; charset=utf-8"),
                own("passkey.js", "text/javascript; charset=utf-8"),
                own("icon.svg", "image/svg+xml"),
                read(
                        "/static/htmx.min.js",
                        "text/javascript; charset=utf-8",
                        "/META-INF/resources/webjars/htmx.org/%s/dist/htmx.min.js"
                                .formatted(htmxVersion())));
    }

    private static Static own(String file, String contentType) {
        return read("/static/" + file, contentType, "/aramaki/server/web/static/" + file);
    }

    private static Static read(String path, String contentType, String resource) {
        byte[] bytes = bytes(resource);
        return new Static(path, contentType, etag(bytes), bytes);
    }

    private static String htmxVersion() {
        var properties = new Properties();
        try (InputStream in = open(HTMX)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + HTMX, e);
        }
        return properties.getProperty("version", "");
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = Static.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("not on the class path: " + resource);
        }
        return in;
    }

    private static String etag(byte[] bytes) {
        return '"' + HexFormat.of().formatHex(Digests.sha256(bytes), 0, 12) + '"';
    }
}

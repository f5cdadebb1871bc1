package aramaki.server.timeline.outside;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads CDEvents 0.3 and 0.4: what continuous delivery tells of itself, as `context` and
/// `subject`, with or without a CloudEvent around them.
public final class CdEvents {
    private static final String PREFIX = "dev.cdevents.";
    private static final Pattern VERSION = Pattern.compile("0\\.[34]\\.[0-9]{1,4}(-[a-z]{1,10})?");

    private CdEvents() {}

    /// Whether a document is meant to be one.
    public static boolean looksLikeOne(JsonNode document) {
        return document.path("context").isObject() && document.path("subject").isObject();
    }

    static boolean isType(String type) {
        return type.startsWith(PREFIX);
    }

    public static Outside read(byte[] body) {
        if (body.length > CloudEvents.MAX_EVENT) {
            throw Refusal.invalid(
                    "too-large",
                    "an event has at most "
                            + CloudEvents.MAX_EVENT
                            + " bytes, this has "
                            + body.length);
        }
        return read(Json.tree(body));
    }

    static Outside read(JsonNode document) {
        if (!looksLikeOne(document)) {
            throw Refusal.invalid(
                    "bad-event",
                    "as application/json this server takes CDEvents, that is an object with"
                            + " context and subject; a CloudEvent is sent as"
                            + " application/cloudevents+json, or with ce- headers");
        }
        String version = Texts.at(document, "/context/version").orElse("");
        if (!VERSION.matcher(version).matches()) {
            throw Refusal.invalid(
                    "bad-event",
                    "context.version is “"
                            + Texts.line(version, 40)
                            + "”: this server takes CDEvents 0.3 and 0.4 (https://cdevents.dev)");
        }
        String type = needed(document, "type");
        if (!isType(type)) {
            throw Refusal.invalid(
                    "bad-event",
                    "context.type is “"
                            + Texts.line(type, 60)
                            + "”: it begins with dev.cdevents., as in"
                            + " dev.cdevents.service.deployed.0.2.0");
        }
        String source = needed(document, "source");
        return new Outside(
                Texts.at(document, "/customData/" + CloudEvents.SYSTEM),
                CloudEvents.payload(
                        source,
                        needed(document, "id"),
                        type,
                        Texts.at(document, "/subject/id")
                                .map(s -> CloudEvents.bounded("subject.id", s))
                                .orElse(null),
                        timestamp(document).orElse(null),
                        Deliveries.sentence(type, source, document),
                        Texts.first(
                                        document,
                                        "/subject/content/url",
                                        "/subject/content/uri",
                                        "/subject/content/viewUrl",
                                        "/subject/content/environment/url")
                                .orElse(null),
                        document.toString()));
    }

    private static String needed(JsonNode document, String name) {
        return CloudEvents.bounded(
                "context." + name, Texts.at(document, "/context/" + name).orElse(null));
    }

    private static Optional<Instant> timestamp(JsonNode document) {
        return Texts.at(document, "/context/timestamp")
                .map(
                        text -> {
                            try {
                                return OffsetDateTime.parse(text).toInstant();
                            } catch (DateTimeException e) {
                                throw Refusal.invalid(
                                        "bad-event",
                                        "context.timestamp is no time: write"
                                                + " 2026-11-22T03:00:00Z");
                            }
                        });
    }
}

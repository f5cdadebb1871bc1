package aramaki.server.timeline.outside;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.log.Payload;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads CloudEvents 1.0, in the three ways they come over HTTP. Bytes are parsed by our own strict
/// and bounded reader; what the tree means is the library's business.
public final class CloudEvents {
    /// An event is at most so long.
    public static final int MAX_EVENT = 64 * 1024;

    /// A batch is at most so long, and has at most so many events.
    public static final int MAX_BATCH_BYTES = 1 << 20;

    public static final int MAX_BATCH = 100;

    /// The extension that names the system.
    public static final String SYSTEM = "aramakisystem";

    private static final int MAX_NAME = 500;
    private static final int MAX_TITLE = 300;
    private static final int MAX_LINK = 2000;
    private static final int MAX_DATA = 8192;
    private static final ObjectMapper READER =
            new ObjectMapper().registerModule(JsonFormat.getCloudEventJacksonModule());

    private CloudEvents() {}

    /// One event as a JSON document.
    public static Outside structured(byte[] body) {
        requireLength(body.length, MAX_EVENT, "an event");
        return event(Json.tree(body));
    }

    /// A JSON array of events; one that is wrong refuses them all.
    public static List<Outside> batch(byte[] body) {
        requireLength(body.length, MAX_BATCH_BYTES, "a batch");
        var array = Json.tree(body);
        if (!array.isArray() || array.isEmpty() || array.size() > MAX_BATCH) {
            throw Refusal.invalid(
                    "bad-batch", "a batch is a JSON array of 1 to " + MAX_BATCH + " events");
        }
        var events = new ArrayList<Outside>();
        for (var node : array) {
            try {
                requireLength(Json.bytes(node).length, MAX_EVENT, "an event");
                events.add(event(node));
            } catch (Refusal e) {
                throw new Refusal(
                        e.reason(),
                        e.code(),
                        "event "
                                + (events.size() + 1)
                                + " of the batch, so that none was taken: "
                                + e.text());
            }
        }
        return events;
    }

    /// One event whose attributes are HTTP headers and whose data is the body.
    ///
    /// @param headers those that begin with `ce-`, in lower case and without it, percent-decoded
    public static Outside binary(
            Map<String, String> headers, @Nullable String contentType, byte[] body) {
        requireLength(body.length, MAX_EVENT, "an event");
        try {
            String version = headers.getOrDefault("specversion", "");
            if (version.isEmpty()) {
                throw Refusal.invalid("bad-event", "the header ce-specversion is missing: 1.0");
            }
            requireVersion(version);
            var builder = CloudEventBuilder.fromSpecVersion(SpecVersion.V1);
            headers.forEach(
                    (name, value) -> {
                        if (!name.equals("specversion")) {
                            builder.withContextAttribute(name, value);
                        }
                    });
            if (contentType != null) {
                builder.withDataContentType(contentType);
            }
            if (body.length > 0) {
                builder.withData(body);
            }
            return of(builder.build());
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private static Outside event(JsonNode node) {
        if (!node.isObject()) {
            throw Refusal.invalid("bad-event", "an event is a JSON object");
        }
        requireVersion(Texts.at(node, "/specversion").orElse(""));
        try {
            return of(READER.treeToValue(node, CloudEvent.class));
        } catch (JsonProcessingException e) {
            throw wrong(e);
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw wrong(e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof JsonProcessingException cause) {
                throw wrong(cause); // the library wraps its own refusals once more
            }
            throw e;
        }
    }

    private static void requireVersion(String version) {
        if (!version.equals("1.0")) {
            throw Refusal.invalid(
                    "bad-event",
                    "specversion is “"
                            + Texts.line(version, 40)
                            + "”: this server takes CloudEvents 1.0 (https://cloudevents.io)");
        }
    }

    private static void requireLength(int length, int most, String what) {
        if (length > most) {
            throw Refusal.invalid(
                    "too-large", what + " has at most " + most + " bytes, this has " + length);
        }
    }

    private static Refusal wrong(Exception e) {
        String said =
                e instanceof JsonProcessingException json
                        ? json.getOriginalMessage()
                        : Optional.ofNullable(e.getMessage()).orElse("it cannot be read");
        return Refusal.invalid(
                "bad-event",
                "no CloudEvent 1.0: "
                        + Texts.line(said, 300)
                        + "; it needs id, source (a URI reference), type and specversion 1.0");
    }

    private static Outside of(CloudEvent event) {
        var type = bounded("type", event.getType());
        var content = content(event);
        var tree = content.flatMap(CloudEvents::tree);
        if (CdEvents.isType(type) && tree.filter(CdEvents::looksLikeOne).isPresent()) {
            var told = CdEvents.read(tree.get());
            return new Outside(
                    system(event),
                    payload(event, type, told.payload().title(), told.payload().link(), content));
        }
        String title =
                tree.flatMap(t -> Texts.first(t, "/title", "/summary", "/message"))
                        .orElseGet(() -> type + subject(event).map(s -> " " + s).orElse(""));
        String link = tree.flatMap(t -> Texts.first(t, "/link", "/url", "/html_url")).orElse(null);
        return new Outside(system(event), payload(event, type, title, link, content));
    }

    private static Payload.EventReceived payload(
            CloudEvent event,
            String type,
            String title,
            @Nullable String link,
            Optional<String> data) {
        return payload(
                bounded("source", String.valueOf(event.getSource())),
                bounded("id", event.getId()),
                type,
                subject(event).map(s -> bounded("subject", s)).orElse(null),
                Optional.ofNullable(event.getTime()).map(OffsetDateTime::toInstant).orElse(null),
                title,
                link,
                data.orElse(null));
    }

    static Payload.EventReceived payload(
            String source,
            String id,
            String type,
            @Nullable String subject,
            @Nullable Instant at,
            String title,
            @Nullable String link,
            @Nullable String data) {
        boolean followed = link != null && link.length() <= MAX_LINK && Texts.isWebAddress(link);
        return new Payload.EventReceived(
                source,
                id,
                type,
                subject,
                at,
                Texts.line(title, MAX_TITLE),
                followed ? link : null,
                data == null ? null : Texts.cut(data, MAX_DATA));
    }

    /// Names are what makes an event the same again, so that they are refused rather than cut.
    static String bounded(String attribute, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > MAX_NAME) {
            throw Refusal.invalid(
                    "bad-event", attribute + " must have 1 to " + MAX_NAME + " characters");
        }
        return value;
    }

    private static Optional<String> subject(CloudEvent event) {
        return Optional.ofNullable(event.getSubject());
    }

    private static Optional<String> system(CloudEvent event) {
        return Optional.ofNullable(event.getExtension(SYSTEM)).map(Object::toString);
    }

    /// What came with it, as text; of bytes that are no text, only how many.
    private static Optional<String> content(CloudEvent event) {
        var data = event.getData();
        if (data == null) {
            return Optional.empty();
        }
        if (data instanceof JsonCloudEventData json) {
            return Optional.of(json.getNode().toString());
        }
        byte[] bytes = data.toBytes();
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Optional.of(text.toString());
        } catch (CharacterCodingException e) {
            return Optional.of(
                    "(%d bytes of %s)"
                            .formatted(
                                    bytes.length,
                                    Optional.ofNullable(event.getDataContentType())
                                            .map(t -> Texts.line(t, 100))
                                            .orElse("unknown content")
                                            .toLowerCase(Locale.ROOT)));
        }
    }

    private static Optional<JsonNode> tree(String content) {
        if (!content.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(content, JsonNode.class));
        } catch (Refusal e) { // it is text that looks like JSON
            return Optional.empty();
        }
    }
}

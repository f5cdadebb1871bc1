package aramaki.protocol;

import aramaki.model.Refusal;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON as we speak it: one strict reader for what comes from outside, one compact writer. Instants
/// are RFC 3339 in UTC.
///
/// The reader's bounds are those of what crosses a wire between agents, servers and peers: 16
/// levels, 16 MiB, strings of 256 Ki characters, numbers of 40. A status tree nests two levels a
/// layer, so that one of more than seven layers is beyond it; whoever shows such trees reads them
/// with a reader of their own.
public final class Json {
    /// A frame of the agent's channel is at most this long.
    public static final int MAX_DOCUMENT = 1 << 20;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_STRING = 256 * 1024;
    private static final int MAX_NUMBER = 40;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxDocumentLength(16L * MAX_DOCUMENT)
                                                    .maxStringLength(MAX_STRING)
                                                    .maxNumberLength(MAX_NUMBER)
                                                    .maxNameLength(1024)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(LogicalType.Textual, Json::onlyStrings)
                    .annotationIntrospector(new Wholeness())
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Instant.class, ToStringSerializer.instance)
                                    .addDeserializer(Instant.class, new InstantReader())
                                    .addDeserializer(Double.class, new FiniteReader()))
                    .build();

    /// A record that is refused when a component is missing or null, unless it is `@Nullable`.
    /// Others are read with holes in them, where one bad part must not spoil its neighbours.
    public interface Whole {}

    private Json() {}

    /// The configured mapper, for trees and for pretty printing.
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing " + value.getClass().getName(), e);
        }
    }

    public static String text(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /// The same with line breaks and indentation, for people.
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter()
                    .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing " + value.getClass().getName(), e);
        }
    }

    /// Reads a document strictly: well-formed UTF-8, no duplicate keys, nothing after the end,
    /// bounded depth, length and numbers.
    public static <T> T read(byte[] utf8, Class<T> type) {
        return read(decode(utf8), type);
    }

    public static <T> T read(String text, Class<T> type) {
        refuseLoneSurrogates(text);
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null || value instanceof NullNode || value instanceof MissingNode) {
                throw Refusal.invalid("bad-json", "the document is null or empty");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw refusal(e);
        }
    }

    /// Refuses a document with a null anywhere where its record has no `@Nullable`; returns it
    /// otherwise. Unlike `Whole` it looks into lists and maps.
    public static <T> T complete(T document) {
        Complete.require("", document);
        return document;
    }

    public static JsonNode tree(byte[] utf8) {
        return read(utf8, JsonNode.class);
    }

    public static <T> T convert(JsonNode node, Class<T> type) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw refusal(e);
        }
    }

    private static Refusal refusal(JsonProcessingException e) {
        return e.getCause() instanceof Refusal refusal
                ? refusal
                : Refusal.invalid("bad-json", "not the JSON we expect: " + e.getOriginalMessage());
    }

    private static void onlyStrings(MutableCoercionConfig config) {
        for (var shape :
                List.of(
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean)) {
            config.setCoercion(shape, CoercionAction.Fail);
        }
    }

    /// Half a surrogate pair, plain or as an escape, has no UTF-8: it could never be written again.
    private static void refuseLoneSurrogates(String text) {
        char before = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                if (text.charAt(at) == 'u' && at + 4 < text.length()) {
                    c = unit(text, at + 1);
                    at += 4;
                }
            }
            if (Character.isHighSurrogate(before) != Character.isLowSurrogate(c)) {
                throw loneSurrogate();
            }
            before = c;
        }
        if (Character.isHighSurrogate(before)) {
            throw loneSurrogate();
        }
    }

    /// The UTF-16 unit of four hexadecimal digits; what is none, the parser refuses.
    private static char unit(String text, int from) {
        try {
            return (char) HexFormat.fromHexDigits(text, from, from + 4);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Refusal loneSurrogate() {
        return Refusal.invalid("bad-json", "the document holds half a surrogate pair");
    }

    private static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid("bad-json", "the document is not well-formed UTF-8");
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            String text = parser.getValueAsString();
            try {
                return Instant.parse(text == null ? "" : text);
            } catch (DateTimeException e) {
                throw context.weirdStringException(
                        String.valueOf(text), Instant.class, "not an RFC 3339 instant in UTC");
            }
        }
    }

    /// JSON has no infinity, but a number like 1e999 becomes one.
    private static final class FiniteReader extends StdDeserializer<Double> {
        private static final long serialVersionUID = 1;

        FiniteReader() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            if (!parser.currentToken().isNumeric()) {
                return (Double) context.handleUnexpectedToken(Double.class, parser);
            }
            double value = parser.getDoubleValue();
            if (Double.isFinite(value)) {
                return value;
            }
            throw context.weirdNumberException(value, Double.class, "not a finite number");
        }
    }

    private static final class Wholeness extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return needed(member) ? Boolean.TRUE : super.hasRequiredMarker(member);
        }

        @Override
        public JsonSetter.Value findSetterInfo(Annotated annotated) {
            return annotated instanceof AnnotatedMember member && needed(member)
                    ? JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL)
                    : super.findSetterInfo(annotated);
        }

        private static boolean needed(AnnotatedMember member) {
            var type = member.getDeclaringClass();
            return member instanceof AnnotatedParameter parameter
                    && type.isRecord()
                    && Whole.class.isAssignableFrom(type)
                    && !type.getRecordComponents()[parameter.getIndex()]
                            .getAnnotatedType()
                            .isAnnotationPresent(Nullable.class);
        }
    }
}

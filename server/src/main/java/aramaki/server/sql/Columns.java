package aramaki.server.sql;

import aramaki.model.Labels;
import aramaki.model.observation.Metric;
import aramaki.protocol.Json;
import aramaki.protocol.agent.AgentMessage.MetricWire;
import aramaki.protocol.agent.Results;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How values stand in columns: lists and maps as JSON, instants as milliseconds, 0 for none.
final class Columns {
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};
    private static final TypeReference<List<MetricWire>> METRICS = new TypeReference<>() {};

    private Columns() {}

    static List<String> strings(String json) {
        return read(json, STRINGS);
    }

    static Map<String, String> map(String json) {
        return read(json, MAP);
    }

    static Labels labels(String json) {
        return Labels.of(map(json));
    }

    static List<Metric> metrics(String json) {
        return read(json, METRICS).stream().map(Results::metric).toList();
    }

    static String metrics(List<Metric> metrics) {
        return Json.text(metrics.stream().map(Results::wire).toList());
    }

    static Optional<Instant> instant(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /// `5,3,8`
    static String numbers(List<? extends Number> numbers) {
        return numbers.stream().map(Number::toString).collect(Collectors.joining(","));
    }

    static List<Long> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(Long::valueOf).toList();
    }

    /// `495321:2,495330:1`
    static String counts(Map<Long, Integer> counts) {
        return counts.entrySet().stream()
                .map(e -> e.getKey() + ":" + e.getValue())
                .collect(Collectors.joining(","));
    }

    static SortedMap<Long, Integer> counts(String text) {
        var counts = new TreeMap<Long, Integer>();
        if (!text.isEmpty()) {
            for (String count : text.split(",", -1)) {
                int colon = count.indexOf(':');
                counts.put(
                        Long.valueOf(count.substring(0, colon)),
                        Integer.valueOf(count.substring(colon + 1)));
            }
        }
        return counts;
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("reading a column of our own", e);
        }
    }
}

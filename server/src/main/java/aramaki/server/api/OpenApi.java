package aramaki.server.api;

import aramaki.server.http.Route;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The OpenAPI 3.1 document, made from the route table and the records it names.
public final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)\\}");

    private final Map<String, Object> schemas = new TreeMap<>();

    private OpenApi() {}

    public static Map<String, Object> of(List<Route> routes, String version) {
        return new OpenApi().document(routes, version);
    }

    private Map<String, Object> document(List<Route> routes, String version) {
        var paths = new TreeMap<String, Map<String, Object>>();
        for (var route : routes) {
            if (route.api()) {
                paths.computeIfAbsent(route.path(), _ -> new TreeMap<>())
                        .put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
            }
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Aramaki", "version", version));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "securitySchemes",
                        Map.of("token", Map.of("type", "http", "scheme", "bearer")),
                        "schemas",
                        schemas));
        return document;
    }

    private Map<String, Object> operation(Route route) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("summary", route.summary());
        var parameters = new ArrayList<Object>();
        var matcher = PARAMETER.matcher(route.path());
        while (matcher.find()) {
            parameters.add(
                    Map.of(
                            "name",
                            matcher.group(1),
                            "in",
                            "path",
                            "required",
                            true,
                            "schema",
                            Map.of("type", "string")));
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (route.body() != null) {
            operation.put(
                    "requestBody",
                    Map.of("required", true, "content", content(schema(route.body()))));
        }
        var good = new LinkedHashMap<String, Object>();
        good.put("description", "done");
        if (route.answer() != null) {
            good.put("content", content(schema(route.answer())));
        }
        operation.put(
                "responses",
                Map.of(
                        "2XX",
                        good,
                        "default",
                        Map.of(
                                "description",
                                "refused",
                                "content",
                                Map.of(
                                        "application/problem+json",
                                        Map.of("schema", Map.of("type", "object"))))));
        return operation;
    }

    private static Map<String, Object> content(Map<String, Object> schema) {
        return Map.of("application/json", Map.of("schema", schema));
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType().equals(List.class)
                    ? Map.of("type", "array", "items", schema(generic.getActualTypeArguments()[0]))
                    : Map.of(
                            "type",
                            "object",
                            "additionalProperties",
                            schema(generic.getActualTypeArguments()[1]));
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            String name = plain.getSimpleName();
            if (!schemas.containsKey(name)) {
                schemas.put(name, Map.of()); // a record that contains itself ends here
                schemas.put(name, object(plain));
            }
            return Map.of("$ref", "#/components/schemas/" + name);
        }
        return scalar(type);
    }

    private Map<String, Object> object(Class<?> plain) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        collect(plain, properties, required);
        return Map.of("type", "object", "properties", properties, "required", required);
    }

    private void collect(Class<?> plain, Map<String, Object> properties, List<String> required) {
        for (RecordComponent component : plain.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                collect(component.getType(), properties, required);
                continue;
            }
            String name = nameOf(component);
            properties.put(name, schema(component.getGenericType()));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(name);
            }
        }
    }

    private static String nameOf(RecordComponent component) {
        var renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private static Map<String, Object> scalar(Type type) {
        if (type.equals(String.class)) {
            return Map.of("type", "string");
        }
        if (type.equals(Instant.class)) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type.equals(boolean.class)) {
            return Map.of("type", "boolean");
        }
        if (type.equals(int.class) || type.equals(long.class) || type.equals(Integer.class)) {
            return Map.of("type", "integer");
        }
        return type.equals(Double.class) ? Map.of("type", "number") : Map.of();
    }
}

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
        document.put("info", ordered("title", "Aramaki", "version", version));
        document.put("security", List.of(ordered("token", List.of())));
        document.put("paths", paths);
        document.put(
                "components",
                ordered(
                        "securitySchemes",
                        ordered("token", ordered("type", "http", "scheme", "bearer")),
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
            parameters.add(parameter(matcher.group(1), "path", true));
        }
        if (route.answer() != null && route.answer().isArray()) {
            parameters.add(parameter("limit", "query", false));
            parameters.add(parameter("after", "query", false));
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (route.body() != null) {
            operation.put(
                    "requestBody",
                    ordered("required", true, "content", content(schema(route.body()))));
        }
        var good = new LinkedHashMap<String, Object>();
        good.put("description", "done");
        if (route.answer() != null) {
            good.put("content", content(schema(route.answer())));
        }
        operation.put(
                "responses",
                ordered(
                        "2XX",
                        good,
                        "default",
                        ordered(
                                "description",
                                "refused",
                                "content",
                                ordered(
                                        "application/problem+json",
                                        ordered("schema", ordered("type", "object"))))));
        return operation;
    }

    private static Map<String, Object> content(Map<String, Object> schema) {
        return ordered("application/json", ordered("schema", schema));
    }

    /// In the order given: `Map.of` has another one in each process, and the document would differ.
    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> parameter(String name, String in, boolean required) {
        return ordered(
                "name",
                name,
                "in",
                in,
                "required",
                required,
                "schema",
                ordered("type", name.equals("limit") ? "integer" : "string"));
    }

    private Map<String, Object> listOf(Class<?> item) {
        return ordered(
                "type",
                "object",
                "properties",
                ordered(
                        "items",
                        ordered("type", "array", "items", schema(item)),
                        "next",
                        ordered("type", "string")),
                "required",
                List.of("items"));
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof Class<?> list && list.isArray()) {
            return listOf(list.getComponentType());
        }
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType().equals(List.class)
                    ? ordered("type", "array", "items", schema(generic.getActualTypeArguments()[0]))
                    : ordered(
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
            return ordered("$ref", "#/components/schemas/" + name);
        }
        return scalar(type);
    }

    private Map<String, Object> object(Class<?> plain) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        collect(plain, properties, required);
        return ordered("type", "object", "properties", properties, "required", required);
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
            return ordered("type", "string");
        }
        if (type.equals(Instant.class)) {
            return ordered("type", "string", "format", "date-time");
        }
        if (type.equals(boolean.class)) {
            return ordered("type", "boolean");
        }
        if (type.equals(int.class) || type.equals(long.class) || type.equals(Integer.class)) {
            return ordered("type", "integer");
        }
        return type.equals(Double.class) ? ordered("type", "number") : Map.of();
    }
}

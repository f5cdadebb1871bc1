package aramaki.protocol;

import aramaki.model.Refusal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks through what was read from JSON for a null where its record has none: the parser knows
/// nothing of `@Nullable`.
final class Complete {
    private Complete() {}

    static void require(String where, @Nullable Object value) {
        switch (value) {
            case null -> throw Refusal.invalid("missing-field", where + " is missing or null");
            case Record document -> components(where, document);
            case Collection<?> list -> list.forEach(one -> require("an item of " + where, one));
            case Map<?, ?> map -> map.forEach((key, one) -> require(where + "." + key, one));
            default -> {}
        }
    }

    private static void components(String where, Record document) {
        for (var component : document.getClass().getRecordComponents()) {
            Object value = value(document, component);
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (value != null || !optional) {
                require(
                        where.isEmpty() ? component.getName() : where + "." + component.getName(),
                        value);
            }
        }
    }

    private static @Nullable Object value(Record document, RecordComponent component) {
        try {
            return component.getAccessor().invoke(document);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("reading " + component, e);
        }
    }
}

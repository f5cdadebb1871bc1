package aramaki.model.system;

import aramaki.model.Names;
import java.util.Map;

/// The kind of a system, with the words people there use for one and for several.
public record Category(String name, String singular, String plural) {
    /// What a system is when its document does not say.
    public static final Category SYSTEM = new Category("system", "system", "systems");

    private static final Map<String, String> PLURALS =
            Map.of(
                    "system", "systems",
                    "project", "projects",
                    "environment", "environments",
                    "service", "services",
                    "infrastructure", "infrastructures",
                    "host", "hosts",
                    "component", "components",
                    "instance", "instances");

    public Category {
        Names.require("category", name);
    }

    /// A category known by its name only: a built-in word, or the name with an `s`.
    public static Category named(String name) {
        return new Category(name, name, PLURALS.getOrDefault(name, name + "s"));
    }
}

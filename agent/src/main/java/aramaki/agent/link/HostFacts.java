package aramaki.agent.link;

import java.util.Map;
import java.util.TreeMap;

/// What an agent tells about its host.
///
/// @param policy what the host's policy allows, in one line
public record HostFacts(String version, String policy, Map<String, String> facts) {
    public HostFacts {
        facts = Map.copyOf(facts);
    }

    public static HostFacts ofThisHost(String version, String policy) {
        var facts = new TreeMap<String, String>();
        facts.put("os", property("os.name"));
        facts.put("kernel", property("os.version"));
        facts.put("arch", property("os.arch"));
        facts.put("java", property("java.version"));
        facts.put("user", property("user.name"));
        return new HostFacts(version, policy, facts);
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }
}

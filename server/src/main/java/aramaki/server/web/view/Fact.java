package aramaki.server.web.view;

/// One named fact.
///
/// @param code whether the value is something to type or to compare, and not a sentence
public record Fact(String name, String value, boolean code) {

    public static Fact words(String name, String value) {
        return new Fact(name, value, false);
    }

    public static Fact code(String name, String value) {
        return new Fact(name, value, true);
    }
}

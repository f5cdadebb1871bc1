package aramaki.server.web.view;

/// Somewhere to go: what it is called and where it is. Without an address it is a name only.
public record Place(String name, String href) {

    public static Place nowhere(String name) {
        return new Place(name, "");
    }
}

package aramaki.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The things a list answered, in the server's order.
///
/// @param more whether the server has further ones beyond the limit
public record Listing(List<JsonNode> items, boolean more) {
    public Listing {
        items = List.copyOf(items);
    }
}

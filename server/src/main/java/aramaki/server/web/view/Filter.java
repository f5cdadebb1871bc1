package aramaki.server.web.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a list was asked for, and what came of it.
///
/// @param q as typed
/// @param says what the filter did, or what is wrong with it: `3 of 41 systems`
/// @param examples filters worth a click
public record Filter(String q, String says, List<Place> examples) {
    public Filter {
        examples = List.copyOf(examples);
    }

    /// As it stands in an address, for the template.
    public String encoded() {
        return URLEncoder.encode(q, StandardCharsets.UTF_8);
    }
}

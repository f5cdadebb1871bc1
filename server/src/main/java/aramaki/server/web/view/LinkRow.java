package aramaki.server.web.view;

import java.util.Locale;

/// A place worth looking at, outside.
///
/// @param reason why it stands first: `because http-front is critical`; may be empty
public record LinkRow(Place place, String reason) {

    /// A link as a system's document writes it. An address that no browser should follow stays a
    /// name: documents come from people we do not know.
    public static LinkRow of(String title, String url, String reason) {
        String scheme = url.strip().toLowerCase(Locale.ROOT);
        boolean followed = scheme.startsWith("https://") || scheme.startsWith("http://");
        return new LinkRow(new Place(title, followed ? url.strip() : ""), reason);
    }
}

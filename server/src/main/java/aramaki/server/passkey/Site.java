package aramaki.server.passkey;

import aramaki.model.Refusal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Under which name a browser reached us: a passkey is good for one name only.
///
/// @param origins of pages that may use it
public record Site(String host, Set<String> origins) {
    private static final Pattern AUTHORITY =
            Pattern.compile("([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(:[0-9]{1,5})?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final String LOCALHOST = "localhost";

    /// From the `Host` header of a request. Browsers offer passkeys over https, and on localhost.
    public static Site of(String authority) {
        var parts = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
        if (!parts.matches() || NUMBERS.matcher(parts.group(1)).matches()) {
            throw Refusal.invalid(
                    "passkey-needs-a-name",
                    "passkeys work where this server has a name and not just an address: on this"
                            + " machine open http://localhost"
                            + port(authority));
        }
        String host = parts.group(1);
        String at = host + (parts.group(2) == null ? "" : parts.group(2));
        return new Site(
                host,
                host.equals(LOCALHOST)
                        ? Set.of("http://" + at, "https://" + at)
                        : Set.of("https://" + at));
    }

    private static String port(String authority) {
        var port = Pattern.compile(":([0-9]{1,5})$").matcher(authority);
        return port.find() ? port.group() : "";
    }
}

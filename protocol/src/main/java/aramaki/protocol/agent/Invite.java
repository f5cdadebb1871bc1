package aramaki.protocol.agent;

import aramaki.model.Refusal;
import aramaki.protocol.crypto.Base64Url;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/// The one string a person pastes on a new host: `aramaki1:<url>#<instance>.<invite>.<secret>`. It
/// pins the instance, so that the agent cannot be lured to another.
///
/// @param server base URL, `http://...` or `https://...`
/// @param instance id of the instance, `i_...`
/// @param id names the invite; not secret
/// @param secret 128 bits, base64url; the server keeps only its hash
public record Invite(URI server, String instance, String id, String secret) {
    private static final String PREFIX = "aramaki1:";
    private static final Pattern FRAGMENT =
            Pattern.compile("(i_[a-z2-7]{52})\\.(v_[a-z2-7]{16})\\.([A-Za-z0-9_-]{22})");

    private static final Set<String> SCHEMES = Set.of("http", "https");

    public static Invite parse(String text) {
        String trimmed = text.strip();
        int hash = trimmed.lastIndexOf('#');
        if (trimmed.startsWith(PREFIX) && hash > 0) {
            var matcher = FRAGMENT.matcher(trimmed.substring(hash + 1));
            URI server = uri(trimmed.substring(PREFIX.length(), hash));
            if (matcher.matches() && server.getHost() != null && SCHEMES.contains(scheme(server))) {
                return new Invite(server, matcher.group(1), matcher.group(2), matcher.group(3));
            }
        }
        throw Refusal.invalid(
                "bad-invite",
                "not an invite: paste the whole line that `aramaki agent invite` printed, beginning"
                        + " with aramaki1:");
    }

    public byte[] secretBytes() {
        return Base64Url.decode(secret);
    }

    private static String scheme(URI server) {
        return String.valueOf(server.getScheme());
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return URI.create("");
        }
    }

    @Override
    public String toString() {
        return PREFIX + server + "#" + instance + "." + id + "." + secret;
    }
}

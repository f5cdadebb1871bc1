package aramaki.server.http;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where somebody was before they had to prove who they are: a path of this server, nothing else.
public final class Back {
    private static final String HOME = "/";

    private Back() {}

    /// The same path if it is one of ours; otherwise the first page.
    public static String safe(String path) {
        boolean ours =
                path.startsWith("/")
                        && !path.startsWith("//")
                        && !path.startsWith("/\\")
                        && path.length() <= 2000
                        && path.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return ours ? path : HOME;
    }

    /// The page that a form was on.
    public static String page(Context context) {
        try {
            var page = URI.create(Optional.ofNullable(context.header("Referer")).orElse(""));
            boolean ours =
                    page.getAuthority() != null
                            && page.getAuthority().equals(context.header("Host"))
                            && page.getRawPath() != null;
            return ours ? safe(path(page.getRawPath(), page.getRawQuery())) : HOME;
        } catch (IllegalArgumentException e) {
            return HOME;
        }
    }

    /// The page that was asked for.
    static String here(Context context) {
        return safe(path(context.path(), context.queryString()));
    }

    private static String path(String path, @Nullable String query) {
        return query == null ? path : path + "?" + query;
    }
}

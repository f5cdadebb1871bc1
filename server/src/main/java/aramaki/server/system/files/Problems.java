package aramaki.server.system.files;

import java.util.List;
import java.util.regex.Pattern;

/// Where the problems of one file are noted.
///
/// @param all shared by all files of a reading
public record Problems(String file, List<FileProblem> all) {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST = 80;

    public void add(int line, String field, String message) {
        all.add(new FileProblem(file, line, field, message));
    }

    /// Somebody's text in quotes, short and on one line.
    public static String quoted(String text) {
        return "\"" + shown(text, LONGEST) + "\"";
    }

    /// Somebody's text, short and on one line.
    static String shown(String text, int longest) {
        var some = text.length() > longest ? text.substring(0, longest) + "..." : text;
        return CONTROL.matcher(some).replaceAll("?");
    }
}

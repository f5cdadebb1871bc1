package aramaki.model.observation;

import java.util.ArrayDeque;
import java.util.Deque;

/// How large a pattern becomes once its repetitions are written out, roughly. RE2 needs memory for
/// as much: `(a{1000}){1000}` is short, and larger than a program that is to stay small.
public final class PatternSize {
    private static final long ENOUGH = 1_000_000_000;

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long size;
    private long last;
    private int at;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    public static long of(String pattern) {
        return new PatternSize(pattern).measure();
    }

    private long measure() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            switch (c) {
                case '\\' -> quoted();
                case '[' -> chosen();
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                default -> atom(1, at + 1);
            }
        }
        while (!outer.isEmpty()) {
            close();
        }
        return size;
    }

    private void atom(long more, int next) {
        last = more;
        size = Math.min(ENOUGH, size + more);
        at = next;
    }

    private void quoted() {
        int end = pattern.startsWith("\\Q", at) ? pattern.indexOf("\\E", at) : -1;
        atom(end < 0 ? 1 : end - at, end < 0 ? at + 2 : end + 2);
    }

    private void chosen() {
        int i = at + 1;
        // A bracket that stands first belongs to the choice.
        i += pattern.startsWith("^", i) ? 1 : 0;
        i += pattern.startsWith("]", i) ? 1 : 0;
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            i += pattern.charAt(i) == '\\' ? 2 : 1;
        }
        atom(1, i + 1);
    }

    private void open() {
        outer.push(size);
        size = 1;
        last = 1;
        at++;
    }

    private void close() {
        last = size;
        size = Math.min(ENOUGH, size + (outer.isEmpty() ? 0 : outer.pop()));
        at++;
    }

    private void repeat() {
        int end = pattern.indexOf('}', at);
        String inside = end < 0 ? "" : pattern.substring(at + 1, end);
        if (!inside.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            atom(1, at + 1);
            return;
        }
        long most = 1;
        for (String number : inside.split(",")) {
            most = Math.max(most, Long.parseLong(number));
        }
        long more = Math.min(ENOUGH, last * most);
        size = Math.min(ENOUGH, size - last + more);
        last = more;
        at = end + 1;
    }
}

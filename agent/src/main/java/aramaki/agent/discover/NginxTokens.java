package aramaki.agent.discover;

import java.util.Optional;

/// The words and signs of a configuration file of nginx.
final class NginxTokens {
    private final String text;
    private int at;

    NginxTokens(String text) {
        this.text = text;
    }

    /// A word, or one of the signs `;`, `{` and `}`.
    ///
    /// @param sign a space for a word
    record Token(char sign, String text) {}

    Optional<Token> next() {
        skip();
        if (at >= text.length()) {
            return Optional.empty();
        }
        char c = text.charAt(at);
        if (c == ';' || c == '{' || c == '}') {
            at++;
            return Optional.of(new Token(c, ""));
        }
        return Optional.of(new Token(' ', c == '"' || c == '\'' ? quoted(c) : plain()));
    }

    private void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    private String quoted(char quote) {
        var word = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                break;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            word.append(text.charAt(at));
        }
        return word.toString();
    }

    /// `${name}` is part of a word, braces and all.
    private String plain() {
        int from = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean variable = c == '{' && at > from && text.charAt(at - 1) == '$';
            if (variable) {
                int end = text.indexOf('}', at);
                at = end < 0 ? text.length() : end + 1;
            } else if (c == '\\') {
                at = Math.min(text.length(), at + 2);
            } else if (Character.isWhitespace(c) || c == ';' || c == '{' || c == '}') {
                break;
            } else {
                at++;
            }
        }
        return text.substring(from, at);
    }
}

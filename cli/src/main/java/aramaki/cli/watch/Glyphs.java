package aramaki.cli.watch;

import java.util.Map;

/// Which characters a terminal can show: all, or those of ASCII only, each as wide as the other.
enum Glyphs {
    UNICODE,
    ASCII;

    private static final Map<Integer, Integer> IN_ASCII =
            Map.ofEntries(
                    same('✔', '+'),
                    same('▲', '!'),
                    same('✖', 'X'),
                    same('◌', '~'),
                    same('…', '.'),
                    same('├', '|'),
                    same('└', '`'),
                    same('│', '|'),
                    same('─', '-'),
                    same('·', '-'),
                    same('▸', '>'),
                    same('⏎', ' '));

    private static Map.Entry<Integer, Integer> same(char sign, char ascii) {
        return Map.entry((int) sign, (int) ascii);
    }

    /// What a locale promises: only one that names UTF-8 promises more than ASCII.
    static Glyphs of(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String plain = value.toLowerCase(java.util.Locale.ROOT).replace("-", "");
                return plain.contains("utf8") ? UNICODE : ASCII;
            }
        }
        return ASCII;
    }

    int shown(int c) {
        return this == UNICODE || c < 0x7f ? c : IN_ASCII.getOrDefault(c, (int) '?');
    }
}

package aramaki.console;

import aramaki.console.CommandDoc.Argument;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// Completion for fish, which shows what each word means.
final class FishCompletion {
    private final CommandDoc program;
    private final BiFunction<CommandDoc, Argument, String> kinds;
    private final String function;

    FishCompletion(CommandDoc program, BiFunction<CommandDoc, Argument, String> kinds) {
        this.program = program;
        this.kinds = kinds;
        this.function = "__" + program.word().replace('-', '_');
    }

    String script() {
        var paths = program.all().map(FishCompletion::path).filter(p -> !p.isEmpty()).toList();
        String known = paths.stream().map(FishCompletion::quoted).collect(Collectors.joining(" "));
        var out =
                new StringBuilder(
                        HEAD.replace("@F@", function)
                                .replace("@PROGRAM@", program.word())
                                .replace("@PATHS@", known));
        program.all().forEach(c -> describe(c, out));
        return out.toString();
    }

    private void describe(CommandDoc command, StringBuilder out) {
        String here =
                "complete -c %s -n %s"
                        .formatted(
                                program.word(), quoted(function + "_at " + quoted(path(command))));
        for (var sub : command.commands()) {
            out.append("%s -a %s -d %s\n".formatted(here, sub.word(), quoted(sub.summary())));
        }
        for (var option :
                List.of(command.options(), command.everywhere()).stream()
                        .flatMap(List::stream)
                        .toList()) {
            out.append(here);
            for (String name : option.names()) {
                out.append(name.startsWith("--") ? " -l " : " -s ")
                        .append(name.replaceFirst("^-+", ""));
            }
            if (!option.label().isEmpty() && option.valueNeeded()) {
                String candidates = candidates(kinds.apply(command, option));
                out.append(candidates.equals(" -F") ? " -r" : " -x").append(candidates);
            }
            out.append(" -d ").append(quoted(option.meaning())).append('\n');
        }
        for (var parameter : command.parameters()) {
            String candidates = candidates(kinds.apply(command, parameter));
            if (!candidates.isEmpty()) {
                out.append(here).append(candidates).append('\n');
            }
        }
    }

    private String candidates(String kind) {
        return switch (kind) {
            case "" -> "";
            case "file" -> " -F";
            case "dir" -> " -a '(__fish_complete_directories)'";
            case String words when words.startsWith("words ") ->
                    " -a " + quoted(words.substring("words ".length()));
            case String name -> " -a '(" + function + "_names " + name + ")'";
        };
    }

    private static String path(CommandDoc command) {
        return String.join(" ", command.words().subList(1, command.words().size()));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static final String HEAD =
            """
            # Completion for @PROGRAM@ in fish, made from its commands.
            function @F@_at
                set -l place ''
                for word in (commandline -opc)[2..]
                    set -l next (string trim "$place $word")
                    if contains -- $next @PATHS@
                        set place $next
                    end
                end
                test "$place" = "$argv[1]"
            end
            function @F@_names
                set -l words (commandline -opc)
                set -l asked (string match -r -- '^--(?:server|token-file)=.*' $words)
                $words[1] $asked __complete $argv[1] 2>/dev/null
            end
            complete -c @PROGRAM@ -f
            """;
}

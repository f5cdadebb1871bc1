package aramaki.console;

import aramaki.console.CommandDoc.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a shell completes: words, options and values from the commands themselves, and names from
/// the server, asked for by the hidden command `__complete`.
public final class Completion {
    /// The shells that we write for.
    public enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What `__complete` can be asked for.
    public static final Set<String> NAMES = Set.of("system", "entity", "check", "alert", "agent");

    private static final Set<String> NEW_NAMES = Set.of("create", "add");

    private final CommandDoc program;
    private final boolean asksForNames;

    /// @param asksForNames the program has the command `__complete`
    public Completion(CommandDoc program, boolean asksForNames) {
        this.program = program;
        this.asksForNames = asksForNames;
    }

    public String script(Shell shell) {
        return switch (shell) {
            case BASH -> bash();
            case ZSH ->
                    "#compdef "
                            + program.word()
                            + "\n(( ${+functions[compdef]} )) || { autoload -Uz compinit; compinit; }\n"
                            + "autoload -Uz bashcompinit; bashcompinit\n"
                            + bash();
            case FISH -> new FishCompletion(program, this::kind).script();
        };
    }

    /// What an argument's value is: `file`, `dir`, `words a b`, one of the names, or nothing.
    String kind(CommandDoc command, Argument argument) {
        if (!argument.values().isEmpty()) {
            return "words " + String.join(" ", argument.values());
        }
        String noun = command.words().size() > 1 ? command.words().get(1) : "";
        String label = argument.label();
        if (label.equals("WORD") && noun.equals("help")) {
            return "words "
                    + program.commands().stream()
                            .map(CommandDoc::word)
                            .collect(Collectors.joining(" "))
                    + " exit-codes environment json";
        }
        return switch (label) {
            case "FILE", "F", "PATH" -> "file";
            case "DIR" -> "dir";
            case "SYSTEM", "SUBSYSTEM" -> name("system");
            case "SYSTEM/CHECK", "CHECK" -> name("check");
            case "ENTITY" -> name("entity");
            case "AGENT" -> name("agent");
            case "KEY", "ALERT" -> name("alert");
            case "NAME" ->
                    NAMES.contains(noun) && !NEW_NAMES.contains(command.word()) ? name(noun) : "";
            default -> "";
        };
    }

    private String name(String kind) {
        return asksForNames ? kind : "";
    }

    private String bash() {
        String f = "_" + program.word().replace('-', '_');
        var spec = new StringBuilder();
        var values = new StringBuilder();
        program.all().forEach(c -> describe(c, spec, values));
        return BASH.replace("@F@", f)
                .replace("@PROGRAM@", program.word())
                .replace("@SPEC@", spec)
                .replace("@VALUES@", values);
    }

    private void describe(CommandDoc command, StringBuilder spec, StringBuilder values) {
        String path = String.join(" ", command.words().subList(1, command.words().size()));
        var all = new ArrayList<>(command.options());
        all.addAll(command.everywhere());
        spec.append("        '").append(path).append("')");
        assign(spec, "subs", command.commands().stream().map(CommandDoc::word).toList());
        assign(spec, "flags", names(all, false));
        assign(spec, "valued", names(all, true));
        spec.append(" ;;\n");
        for (var option : all) {
            String kind = kind(command, option);
            if (!kind.isEmpty()) {
                for (String name : option.names()) {
                    value(values, path + " " + name, kind);
                }
            }
        }
        for (int i = 0; i < command.parameters().size(); i++) {
            var parameter = command.parameters().get(i);
            String kind = kind(command, parameter);
            if (!kind.isEmpty()) {
                value(values, path + " " + (parameter.repeated() ? "*" : i), kind);
            }
        }
    }

    private static List<String> names(List<Argument> options, boolean valued) {
        return options.stream()
                .filter(o -> (!o.label().isEmpty() && o.valueNeeded()) == valued)
                .flatMap(o -> o.names().stream())
                .filter(n -> n.startsWith("--"))
                .distinct()
                .toList();
    }

    private static void assign(StringBuilder out, String name, List<String> words) {
        out.append(' ').append(name).append("='").append(String.join(" ", words)).append('\'');
    }

    private static void value(StringBuilder out, String place, String kind) {
        String pattern =
                place.endsWith("*")
                        ? "'" + place.substring(0, place.length() - 1) + "'[0-9]*"
                        : "'" + place + "'";
        out.append("        ").append(pattern).append(") kind='").append(kind).append("' ;;\n");
    }

    private static final String BASH =
            """
            # Completion for @PROGRAM@ in bash and zsh, made from its commands.
            @F@_spec() {
                subs='' flags='' valued=''
                case "$1" in
            @SPEC@    esac
            }

            @F@_value() {
                kind=''
                case "$1" in
            @VALUES@    esac
            }

            # Names from the server, kept for a quarter of a minute.
            @F@_names() {
                local key="$1 ${asked[*]}"
                if [ "$key" != "${@F@_key-}" ] || [ $((SECONDS - ${@F@_at:-0})) -gt 15 ] || [ -z "$@F@_kept" ]; then
                    @F@_kept=$("${program/#\\~/$HOME}" "${asked[@]}" __complete "$1" 2>/dev/null </dev/null)
                    @F@_key=$key
                    @F@_at=$SECONDS
                fi
            }

            @F@() {
                local program=${COMP_WORDS[0]} cur=${COMP_WORDS[COMP_CWORD]} prev='' before=''
                local place='' option='' word i=1 number=0 subs flags valued kind
                local -a asked
                asked=()
                COMPREPLY=()
                @F@_spec ''
                while [ $i -lt $COMP_CWORD ]; do
                    word=${COMP_WORDS[i]}
                    case "$word" in
                        =) i=$((i + 1)) ;;
                        --*=*)
                            case "$word" in --server=*|--token-file=*) asked+=("$word") ;; esac ;;
                        -*)
                            case " $valued " in
                                *" $word "*)
                                    i=$((i + 1))
                                    [ "${COMP_WORDS[i]-}" = = ] && i=$((i + 1))
                                    if [ $i -lt $COMP_CWORD ]; then
                                        case "$word" in
                                            --server|--token-file) asked+=("$word=${COMP_WORDS[i]}") ;;
                                        esac
                                    fi
                                    ;;
                            esac ;;
                        *)
                            case " $subs " in
                                *" $word "*)
                                    place="${place:+$place }$word"
                                    @F@_spec "$place"
                                    number=0 ;;
                                *) number=$((number + 1)) ;;
                            esac ;;
                    esac
                    i=$((i + 1))
                done
                [ $COMP_CWORD -gt 0 ] && prev=${COMP_WORDS[COMP_CWORD - 1]}
                [ "$cur" = = ] && cur=''
                [ "$prev" = = ] && [ $COMP_CWORD -gt 1 ] && prev=${COMP_WORDS[COMP_CWORD - 2]}
                case "$cur" in
                    --*=*) option=${cur%%=*} before="$option=" cur=${cur#*=} ;;
                    *) case " $valued " in *" $prev "*) option=$prev ;; esac ;;
                esac
                if [ -n "$option" ]; then
                    @F@_value "$place $option"
                elif [ "${cur#-}" != "$cur" ]; then
                    kind="words $flags $valued"
                elif [ -n "$subs" ]; then
                    kind="words $subs"
                else
                    @F@_value "$place $number"
                fi
                local IFS=$' \\t\\n'
                case "$kind" in
                    '') ;;
                    file) COMPREPLY=($(compgen -f -- "$cur")) ;;
                    dir) COMPREPLY=($(compgen -d -- "$cur")) ;;
                    'words '*) COMPREPLY=($(compgen -W "${kind#words }" -- "$cur")) ;;
                    *)
                        @F@_names "$kind"
                        COMPREPLY=($(compgen -W "$@F@_kept" -- "$cur")) ;;
                esac
                if [ -n "$before" ] && [ -n "${ZSH_VERSION-}" ]; then
                    COMPREPLY=("${COMPREPLY[@]/#/$before}")
                fi
            }
            complete -F @F@ @PROGRAM@
            """;
}

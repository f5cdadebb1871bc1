package aramaki.agent.observe;

import aramaki.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `{{name}}` places of a check, filled from the values its assignment brings. A value only
/// ever becomes text: refused is one that would name the program, become an option, or end a line.
record Templates(Map<String, String> values) {
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*\\}\\}");

    List<String> command(List<String> argv) {
        if (argv.isEmpty()) {
            throw refused("the command is empty: its first word must name a plugin");
        }
        String program = argv.getFirst();
        if (TEMPLATE.matcher(program).find()) {
            throw refused(
                    "the command's first word is "
                            + program
                            + ": which program runs is never left to a value");
        }
        var filled = new ArrayList<String>();
        filled.add(program);
        argv.stream().skip(1).map(this::argument).forEach(filled::add);
        return filled;
    }

    Map<String, String> parameters(Map<String, String> parameters) {
        var filled = new TreeMap<String, String>();
        parameters.forEach((name, text) -> filled.put(name, fill(text)));
        return filled;
    }

    private String argument(String element) {
        String filled = fill(element);
        if (filled.startsWith("-") && TEMPLATE.matcher(element).lookingAt()) {
            throw refused(
                    "the argument "
                            + element
                            + " would become the option "
                            + filled
                            + ": a value never becomes an option");
        }
        return filled;
    }

    private String fill(String text) {
        return TEMPLATE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw refused(
                    "there is no value for {{"
                            + name
                            + "}}: give the entity a label of that name, or take it out");
        }
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw refused(
                    "the value for {{" + name + "}} holds a line break or a control character");
        }
        return value;
    }

    private static Refusal refused(String message) {
        return Refusal.invalid("bad-template", message);
    }
}

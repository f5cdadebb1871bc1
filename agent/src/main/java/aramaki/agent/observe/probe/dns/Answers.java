package aramaki.agent.observe.probe.dns;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// The records of an answer that belong to the question, by way of its aliases. Whatever else a
/// server adds does not count.
///
/// @param aliases the names the asked one is an alias of, in order
/// @param values the answers themselves, as text
/// @param wrong what makes this no answer
public record Answers(List<String> aliases, TreeSet<String> values, Optional<String> wrong) {
    private static final int MAX_ALIASES = 16;
    private static final int MAX_RECORDS = 1000;

    public static Answers in(Message message, Name name, int type) {
        List<Record> records = message.getSection(Section.ANSWER);
        if (records.size() > MAX_RECORDS) {
            return wrong("it answers with " + records.size() + " records", List.of());
        }
        var path = new LinkedHashSet<Name>();
        Name at = name;
        while (path.add(at)) {
            var values = new TreeSet<String>();
            Optional<Name> alias = Optional.empty();
            for (Record one : records) {
                if (one.getName().equals(at) && one.getType() == type) {
                    values.add(text(one));
                } else if (one.getName().equals(at) && one instanceof CNAMERecord cname) {
                    alias = Optional.of(cname.getTarget());
                }
            }
            if (!values.isEmpty() || alias.isEmpty()) {
                return new Answers(behind(path), values, Optional.empty());
            }
            if (path.size() > MAX_ALIASES) {
                return wrong("there are more than " + MAX_ALIASES + " aliases", behind(path));
            }
            at = alias.get();
        }
        return wrong(
                "its aliases lead in a circle: "
                        + path.stream().map(Answers::plain).collect(Collectors.joining(" to "))
                        + " to "
                        + plain(at),
                List.of());
    }

    /// What somebody expects, in the form the answers have.
    public static TreeSet<String> expected(String list, int type) {
        var expected = new TreeSet<String>();
        for (String one : list.split(",")) {
            String text = one.strip();
            if (!text.isEmpty()) {
                expected.add(type == Type.TXT ? text : normal(text));
            }
        }
        return expected;
    }

    private static Answers wrong(String why, List<String> aliases) {
        return new Answers(aliases, new TreeSet<>(), Optional.of(why));
    }

    private static List<String> behind(LinkedHashSet<Name> path) {
        var aliases = new ArrayList<String>();
        path.stream().skip(1).map(Answers::plain).forEach(aliases::add);
        return aliases;
    }

    private static String text(Record one) {
        return one instanceof TXTRecord txt
                ? String.join("", txt.getStrings())
                : normal(one.rdataToString());
    }

    private static String plain(Name name) {
        return normal(name.toString());
    }

    /// Names without the last dot, and in small letters as they mean the same.
    private static String normal(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("(?<=[^. ])\\.(?= |$)", "");
    }
}

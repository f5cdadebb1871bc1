package aramaki.model.observation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A probe built into the agent, and the parameters it understands. Servers check definitions by
/// this table; what a value must look like is known to the agent alone, as values may be templates.
///
/// Thresholds named `warn` and `crit` are ranges of the Nagios plugin guidelines.
public enum ProbeKind {
    HTTP(
            "asks a web server and looks at the answer",
            required("url", "an http or https address", ValueForm.WEB_ADDRESS),
            optional("method", "GET or HEAD", "GET", Form.METHOD),
            optional("expectStatus", "good answers, such as 200 or 200-399 or 200,404", "200-399"),
            optional("contains", "a text the body must contain", ""),
            optional("follow", "true: redirects are followed", "false", ValueForm.FLAG),
            optional("warn", "range of seconds the answer may take", "", ValueForm.RANGE),
            optional("crit", "range of seconds the answer may take", "", ValueForm.RANGE)),
    TCP(
            "connects to a port",
            required("host", "a host name or address", ValueForm.HOST_NAME),
            required("port", "1 to 65535", ValueForm.PORT),
            optional("warn", "range of seconds connecting may take", "", ValueForm.RANGE),
            optional("crit", "range of seconds connecting may take", "", ValueForm.RANGE)),
    DISK(
            "measures how full the file system of a path is, in bytes and in inodes",
            required("path", "an absolute path", ValueForm.PATH),
            optional("warn", "range of used percent", "80", ValueForm.RANGE),
            optional("crit", "range of used percent", "90", ValueForm.RANGE)),
    LOAD(
            "measures how many processes want to run, per core",
            optional(
                    "warn",
                    "a range for load5 per core, or three: load1,load5,load15",
                    "2",
                    ValueForm.RANGES),
            optional(
                    "crit",
                    "a range for load5 per core, or three: load1,load5,load15",
                    "4",
                    ValueForm.RANGES)),
    MEMORY(
            "measures how much memory programs cannot have any more",
            optional("warn", "range of used percent", "90", ValueForm.RANGE),
            optional("crit", "range of used percent", "95", ValueForm.RANGE)),
    SWAP(
            "measures how much of the swap space is used",
            optional("warn", "range of used percent", "50", ValueForm.RANGE),
            optional("crit", "range of used percent", "80", ValueForm.RANGE)),
    PROCESS(
            "counts running processes",
            oneOf("name", "the exact name of the program", ValueForm.TEXT),
            oneOf("pattern", "a text the command line contains", ValueForm.TEXT),
            optional("min", "fewest that are right", "1", Form.COUNT),
            optional("max", "most that are right", "", Form.COUNT)),
    UPTIME(
            "measures for how long the host has been up",
            optional(
                    "warn",
                    "range of seconds, such as 600: for at least ten minutes",
                    "",
                    ValueForm.RANGE),
            optional("crit", "range of seconds", "", ValueForm.RANGE)),
    TLS(
            "looks at a certificate, of a server or in a file",
            oneOf("host", "the server's host name or address", ValueForm.HOST_NAME),
            oneOf("file", "absolute path of a PEM file on this host", ValueForm.PATH),
            optional("port", "1 to 65535", "443", ValueForm.PORT),
            optional(
                    "name",
                    "the name to ask for and to find in the certificate; by default the host",
                    "",
                    ValueForm.HOST_NAME),
            optional(
                    "starttls",
                    "smtp or imap: speak it first, then ask for TLS",
                    "",
                    ValueForm.choice("smtp", "imap")),
            optional(
                    "ca",
                    "absolute path of a PEM file with the authorities to trust, instead of the"
                            + " system's",
                    "",
                    ValueForm.PATH),
            optional("warn", "range of days left", "21:", ValueForm.RANGE),
            optional("crit", "range of days left", "7:", ValueForm.RANGE)),
    DNS(
            "asks a name server and looks at the answers",
            required("name", "the name to ask for; for PTR also an address", Form.DNS_NAME),
            optional("type", "type of the answers", "A", Form.DNS_TYPE),
            optional(
                    "server",
                    "the server to ask; by default the first one of /etc/resolv.conf",
                    "",
                    ValueForm.HOST_NAME),
            optional("port", "1 to 65535", "53", ValueForm.PORT),
            optional(
                    "expect",
                    "all answers there must be, parted by commas; none: there must be no answer",
                    ""),
            optional("warn", "range of seconds the answer may take", "", ValueForm.RANGE),
            optional("crit", "range of seconds the answer may take", "", ValueForm.RANGE)),
    ICMP(
            "pings a host",
            required("host", "a host name or address", ValueForm.HOST_NAME),
            optional("count", "packets to send, 0.2 s apart", "5", ValueForm.number(1, 50)),
            optional("warn", "range of lost percent", "20", ValueForm.RANGE),
            optional("crit", "range of lost percent", "60", ValueForm.RANGE),
            optional("rttWarn", "range of seconds of the mean round trip", "", ValueForm.RANGE),
            optional("rttCrit", "range of seconds of the mean round trip", "", ValueForm.RANGE)),
    FILE_AGE(
            "looks at when a file was last changed, and at its size",
            required("path", "an absolute path", ValueForm.PATH),
            optional("missing", "what it means when it is not there", "critical", Form.MISSING),
            optional("warn", "range of seconds since the last change", "", ValueForm.RANGE),
            optional("crit", "range of seconds since the last change", "", ValueForm.RANGE),
            optional("sizeWarn", "range of bytes", "", ValueForm.RANGE),
            optional("sizeCrit", "range of bytes", "", ValueForm.RANGE)),
    LOG(
            "counts the new lines of a log that match a pattern",
            required("path", "an absolute path", ValueForm.PATH),
            required(
                    "pattern",
                    "what a line must match somewhere, in RE2 syntax",
                    ValueForm.PATTERN),
            optional("ignore", "lines that match this too do not count", "", ValueForm.PATTERN),
            optional(
                    "missing", "what it means when the file is not there", "unknown", Form.MISSING),
            optional("warn", "range of new matching lines", "0", ValueForm.RANGE),
            optional("crit", "range of new matching lines", "", ValueForm.RANGE)),
    SMTP(
            "waits for the greeting of a mail server",
            required("host", "a host name or address", ValueForm.HOST_NAME),
            optional("port", "1 to 65535", "25", ValueForm.PORT),
            optional(
                    "tls",
                    "true: TLS from the first byte, such as on port 465",
                    "false",
                    ValueForm.FLAG),
            optional("contains", "a text the greeting must contain", ""),
            optional("warn", "range of seconds until the greeting", "", ValueForm.RANGE),
            optional("crit", "range of seconds until the greeting", "", ValueForm.RANGE)),
    IMAP(
            "waits for the greeting of a mailbox server",
            required("host", "a host name or address", ValueForm.HOST_NAME),
            optional("port", "1 to 65535", "143", ValueForm.PORT),
            optional(
                    "tls",
                    "true: TLS from the first byte, such as on port 993",
                    "false",
                    ValueForm.FLAG),
            optional("contains", "a text the greeting must contain", ""),
            optional("warn", "range of seconds until the greeting", "", ValueForm.RANGE),
            optional("crit", "range of seconds until the greeting", "", ValueForm.RANGE)),
    SSH(
            "waits for the greeting of an SSH server",
            required("host", "a host name or address", ValueForm.HOST_NAME),
            optional("port", "1 to 65535", "22", ValueForm.PORT),
            optional("contains", "a text the greeting must contain", ""),
            optional("warn", "range of seconds until the greeting", "", ValueForm.RANGE),
            optional("crit", "range of seconds until the greeting", "", ValueForm.RANGE)),
    NTP(
            "asks a time server how far this host's clock is off",
            required("host", "a host name or address", ValueForm.HOST_NAME),
            optional("port", "1 to 65535", "123", ValueForm.PORT),
            optional("warn", "range of seconds this clock is ahead", "-0.1:0.1", ValueForm.RANGE),
            optional("crit", "range of seconds this clock is ahead", "-1:1", ValueForm.RANGE)),
    PORT(
            "looks whether a program on this host listens on a port",
            required("port", "1 to 65535", ValueForm.PORT),
            optional("protocol", "tcp or udp", "tcp", ValueForm.choice("tcp", "udp")),
            optional("address", "only this address counts, such as 127.0.0.1", "", Form.ADDRESS),
            optional("expect", "listening, or free: nobody may listen", "listening", Form.LISTENS)),
    SYSTEMD(
            "looks at a unit of systemd",
            required("unit", "the unit's name; without a suffix it is a service", Form.UNIT),
            optional(
                    "expect",
                    "the state that is right; not-failed is right with both",
                    "active",
                    Form.UNIT_STATE),
            optional(
                    "warn",
                    "range of automatic restarts since it was started",
                    "",
                    ValueForm.RANGE),
            optional(
                    "crit",
                    "range of automatic restarts since it was started",
                    "",
                    ValueForm.RANGE)),
    PROMETHEUS(
            "reads metrics of an exporter, in Prometheus' text format",
            required("url", "an http or https address", ValueForm.WEB_ADDRESS),
            required(
                    "metrics",
                    "which: names parted by commas, each with labels if wished, such as"
                            + " up{job=\"shop\"}",
                    Form.SELECTORS),
            optional("warn", "range that each of the values must be in", "", ValueForm.RANGE),
            optional("crit", "range that each of the values must be in", "", ValueForm.RANGE));

    /// Whether a parameter must be there.
    public enum Need {
        REQUIRED,
        /// Exactly one of the probe's parameters with this need must be there.
        ONE_OF,
        OPTIONAL
    }

    /// One parameter a probe understands.
    ///
    /// @param fallback the value that holds when it is not given; empty for none
    public record Parameter(
            String name, Need need, String meaning, String fallback, ValueForm form) {

        /// What is wrong with a value and what would be right; empty when nothing is. Where there
        /// is no fallback, empty is the same as not given.
        public Optional<String> problem(String value) {
            boolean left = need == Need.OPTIONAL && fallback.isEmpty() && value.isEmpty();
            return left || form.accepts(value)
                    ? Optional.empty()
                    : Optional.of('"' + value + "\" is not right; write " + form.right());
        }
    }

    /// Forms that one or two kinds have.
    private static final class Form {
        static final ValueForm METHOD = ValueForm.matching("(?i)GET|HEAD", "GET or HEAD");
        static final ValueForm COUNT = ValueForm.number(0, 1_000_000);
        static final ValueForm DNS_NAME =
                ValueForm.matching("[^\\s-]\\S{0,252}", "a name such as shop.example");
        static final ValueForm DNS_TYPE =
                ValueForm.choice(
                        "A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT");
        static final ValueForm MISSING = ValueForm.choice("ok", "warning", "critical", "unknown");
        static final ValueForm ADDRESS =
                ValueForm.matching("[0-9A-Fa-f.:]{2,45}", "an IP address such as 127.0.0.1");
        static final ValueForm LISTENS = ValueForm.choice("listening", "free");
        static final ValueForm UNIT =
                ValueForm.matching(
                        "[A-Za-z0-9:_.\\\\@][A-Za-z0-9:_.\\\\@-]{0,254}",
                        "a unit such as nginx or backup.timer");
        static final ValueForm UNIT_STATE = ValueForm.choice("active", "inactive", "not-failed");
        static final ValueForm SELECTORS =
                ValueForm.matching(
                        "(?s)\\s*[a-zA-Z_:].*",
                        "names such as up or http_requests_total{code=\"500\"}");

        private Form() {}
    }

    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // it is a List.of
    private final List<Parameter> parameters;

    ProbeKind(String sentence, Parameter... parameters) {
        this.sentence = sentence;
        this.parameters = List.of(parameters);
    }

    public static Optional<ProbeKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /// All words, for a message about what would be right.
    public static String words() {
        return Arrays.stream(values()).map(ProbeKind::word).collect(Collectors.joining(", "));
    }

    /// The lower-case word, as in a check's file.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What it does, to be read after "the probe".
    public String sentence() {
        return sentence;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /// What is wrong with a set of parameter names, and what would be right; empty when nothing is.
    public Optional<String> problem(Collection<String> given) {
        return unknown(given).or(() -> missing(given)).or(() -> notExactlyOne(given));
    }

    private Optional<String> unknown(Collection<String> given) {
        return given.stream()
                .filter(name -> parameter(name).isEmpty())
                .sorted()
                .findFirst()
                .map(
                        name ->
                                name
                                        + ": the probe "
                                        + word()
                                        + " has no such parameter; it has "
                                        + names(parameters));
    }

    private Optional<String> missing(Collection<String> given) {
        return parameters.stream()
                .filter(p -> p.need() == Need.REQUIRED && !given.contains(p.name()))
                .findFirst()
                .map(p -> p.name() + ": the probe " + word() + " needs it: " + p.meaning());
    }

    private Optional<String> notExactlyOne(Collection<String> given) {
        List<Parameter> choice = parameters.stream().filter(p -> p.need() == Need.ONE_OF).toList();
        long chosen = choice.stream().filter(p -> given.contains(p.name())).count();
        return choice.isEmpty() || chosen == 1
                ? Optional.empty()
                : Optional.of(
                        choice.getFirst().name()
                                + ": the probe "
                                + word()
                                + " needs exactly one of "
                                + names(choice));
    }

    private static String names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    private static Parameter required(String name, String meaning, ValueForm form) {
        return new Parameter(name, Need.REQUIRED, meaning, "", form);
    }

    private static Parameter oneOf(String name, String meaning, ValueForm form) {
        return new Parameter(name, Need.ONE_OF, meaning, "", form);
    }

    private static Parameter optional(String name, String meaning, String fallback) {
        return optional(name, meaning, fallback, ValueForm.TEXT);
    }

    private static Parameter optional(
            String name, String meaning, String fallback, ValueForm form) {
        return new Parameter(name, Need.OPTIONAL, meaning, fallback, form);
    }
}

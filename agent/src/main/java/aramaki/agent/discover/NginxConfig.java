package aramaki.agent.discover;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a configuration of nginx says about its servers, read from its files as nginx would, but
/// without running it: within bounds, and passing over what it does not understand.
final class NginxConfig {
    private static final int MAX_FILES = 200;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_SERVERS = 200;

    /// One `server` block.
    ///
    /// @param names as written, without those that are patterns
    /// @param file that it stands in
    record Server(
            List<Listen> listens,
            List<String> names,
            List<String> certificates,
            List<String> errorLogs,
            String file) {}

    /// One `listen` directive with a port.
    record Listen(int port, boolean tls) {}

    /// One directive: its words and, for a block, what is in it.
    private record Directive(List<String> words, List<Directive> block, String file) {
        String name() {
            return words.getFirst();
        }
    }

    private final Host host;
    private final String folder;
    private final Set<String> read = new HashSet<>();

    /// @param folder that relative paths start from
    NginxConfig(Host host, String folder) {
        this.host = host;
        this.folder = folder;
    }

    List<Server> servers(String file) {
        var servers = new ArrayList<Server>();
        collect(directives(file, 0), new Inherited(List.of(), List.of()), servers);
        return servers;
    }

    /// What an outer block sets for those inside.
    private record Inherited(List<String> certificates, List<String> errorLogs) {
        Inherited with(List<Directive> block) {
            var certificates = values(block, "ssl_certificate");
            var logs = values(block, "error_log");
            return new Inherited(
                    certificates.isEmpty() ? this.certificates : certificates,
                    logs.isEmpty() ? errorLogs : logs);
        }
    }

    private void collect(List<Directive> block, Inherited outer, List<Server> servers) {
        var inherited = outer.with(block);
        for (var directive : block) {
            if (servers.size() >= MAX_SERVERS) {
                return;
            }
            switch (directive.name()) {
                case "http" -> collect(directive.block(), inherited, servers);
                case "server" -> {
                    if (!directive.block().isEmpty()) {
                        servers.add(server(directive, inherited));
                    }
                }
                default -> {}
            }
        }
    }

    private Server server(Directive server, Inherited outer) {
        var inherited = outer.with(server.block());
        var listens = new ArrayList<Listen>();
        var names = new ArrayList<String>();
        for (var directive : server.block()) {
            var words = directive.words();
            if (directive.name().equals("listen") && words.size() > 1) {
                port(words.get(1))
                        .ifPresent(
                                port ->
                                        listens.add(
                                                new Listen(
                                                        port,
                                                        words.contains("ssl")
                                                                || words.contains("quic"))));
            } else if (directive.name().equals("server_name")) {
                words.stream().skip(1).filter(NginxConfig::isName).forEach(names::add);
            }
        }
        return new Server(
                listens.isEmpty() ? List.of(new Listen(80, false)) : listens,
                names,
                inherited.certificates().stream().map(this::absolute).toList(),
                inherited.errorLogs().stream().map(this::absolute).toList(),
                server.file());
    }

    private static List<String> values(List<Directive> block, String name) {
        return block.stream()
                .filter(d -> d.name().equals(name) && d.words().size() > 1)
                .map(d -> d.words().get(1))
                .filter(value -> !value.contains("$") && !value.contains(":"))
                .toList();
    }

    /// `80`, `*:80`, `[::]:80`, `127.0.0.1:8080`, or an address alone, which means 80.
    private static Optional<Integer> port(String listen) {
        if (listen.startsWith("unix:")) {
            return Optional.empty();
        }
        String last = listen.substring(listen.lastIndexOf(':') + 1);
        String number = listen.endsWith("]") || !last.matches("[0-9]{1,5}") ? "80" : last;
        int port = Integer.parseInt(number);
        return port > 0 && port < 65_536 ? Optional.of(port) : Optional.empty();
    }

    private static boolean isName(String name) {
        return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?") && name.contains(".");
    }

    private String absolute(String path) {
        return path.startsWith("/") ? path : folder + "/" + path;
    }

    private List<Directive> directives(String file, int depth) {
        if (depth > MAX_DEPTH || read.size() >= MAX_FILES || !read.add(file)) {
            return List.of();
        }
        var tokens = new NginxTokens(host.text(file).orElse(""));
        return block(tokens, file, depth);
    }

    private List<Directive> block(NginxTokens tokens, String file, int depth) {
        var block = new ArrayList<Directive>();
        var words = new ArrayList<String>();
        for (var token = tokens.next(); token.isPresent(); token = tokens.next()) {
            switch (token.get().sign()) {
                case ';' -> {
                    if (words.size() > 1 && words.getFirst().equals("include")) {
                        included(words.get(1)).forEach(f -> block.addAll(directives(f, depth + 1)));
                    } else if (!words.isEmpty()) {
                        block.add(new Directive(List.copyOf(words), List.of(), file));
                    }
                    words.clear();
                }
                case '{' -> {
                    var inner =
                            depth > MAX_DEPTH * 2
                                    ? List.<Directive>of()
                                    : block(tokens, file, depth + 1);
                    if (!words.isEmpty()) {
                        block.add(new Directive(List.copyOf(words), inner, file));
                    }
                    words.clear();
                }
                case '}' -> {
                    return block;
                }
                default -> words.add(token.get().text());
            }
        }
        return block;
    }

    private List<String> included(String pattern) {
        String path = absolute(pattern);
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        if (!name.contains("*") && !name.contains("?")) {
            return List.of(path);
        }
        String in = path.substring(0, slash);
        return host.names(in, name).stream().map(n -> in + "/" + n).toList();
    }
}

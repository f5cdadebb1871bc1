package aramaki.agent.discover;

import static aramaki.agent.discover.Candidate.probe;

import aramaki.model.observation.ProbeKind;
import aramaki.model.observation.Probing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A service that is known by its program or its port.
///
/// @param name as checks are called after it
/// @param units what its unit may be called, without `.service`
record Service(String name, String title, Speaks speaks, Set<String> units) {
    private static final Map<String, Service> PROGRAMS =
            Map.ofEntries(
                    of("nginx", "nginx", "nginx", Speaks.WEB, "nginx"),
                    of("apache2", "apache", "Apache", Speaks.WEB, "apache2"),
                    of("httpd", "apache", "Apache", Speaks.WEB, "httpd"),
                    of("caddy", "caddy", "Caddy", Speaks.WEB, "caddy"),
                    of("lighttpd", "lighttpd", "lighttpd", Speaks.WEB, "lighttpd"),
                    of("varnishd", "varnish", "Varnish", Speaks.WEB, "varnish"),
                    of("haproxy", "haproxy", "HAProxy", Speaks.OTHER, "haproxy"),
                    of("sshd", "ssh", "sshd", Speaks.SSH, "ssh", "sshd"),
                    of("postgres", "postgresql", "PostgreSQL", Speaks.OTHER, "postgresql"),
                    of("mysqld", "mysql", "MySQL", Speaks.OTHER, "mysql", "mysqld"),
                    of("mariadbd", "mysql", "MariaDB", Speaks.OTHER, "mariadb"),
                    of("redis-server", "redis", "Redis", Speaks.OTHER, "redis-server", "redis"),
                    of("valkey-server", "valkey", "Valkey", Speaks.OTHER, "valkey-server"),
                    of("memcached", "memcached", "memcached", Speaks.OTHER, "memcached"),
                    of("master", "postfix", "Postfix", Speaks.SMTP, "postfix"),
                    of("exim4", "exim", "Exim", Speaks.SMTP, "exim4"),
                    of("dovecot", "dovecot", "Dovecot", Speaks.IMAP, "dovecot"),
                    of("named", "bind", "BIND", Speaks.OTHER, "named", "bind9"),
                    of("unbound", "unbound", "Unbound", Speaks.OTHER, "unbound"),
                    of("dnsmasq", "dnsmasq", "dnsmasq", Speaks.OTHER, "dnsmasq"),
                    of("mongod", "mongodb", "MongoDB", Speaks.OTHER, "mongod"),
                    of("beam.smp", "rabbitmq", "RabbitMQ", Speaks.OTHER, "rabbitmq-server"));

    /// For where we may not know the program.
    private static final Map<Integer, Service> NUMBERS =
            Map.ofEntries(
                    at(22, "ssh", "a secure shell", Speaks.SSH),
                    at(25, "smtp", "a mail server", Speaks.SMTP),
                    at(53, "dns", "a name server", Speaks.OTHER),
                    at(80, "http", "a web server", Speaks.WEB),
                    at(143, "imap", "a mailbox server", Speaks.IMAP),
                    at(443, "https", "a web server", Speaks.OTHER),
                    at(465, "smtps", "a mail server", Speaks.SMTP),
                    at(587, "submission", "a mail server", Speaks.SMTP),
                    at(993, "imaps", "a mailbox server", Speaks.IMAP),
                    at(3306, "mysql", "MySQL", Speaks.OTHER),
                    at(5432, "postgresql", "PostgreSQL", Speaks.OTHER),
                    at(6379, "redis", "Redis", Speaks.OTHER),
                    at(11_211, "memcached", "memcached", Speaks.OTHER));

    /// What it speaks on its ports, as far as a probe understands it.
    enum Speaks {
        WEB,
        SSH,
        SMTP,
        IMAP,
        OTHER
    }

    static Optional<Service> ofProgram(String program) {
        return Optional.ofNullable(PROGRAMS.get(program));
    }

    static Optional<Service> ofPort(int port) {
        return Optional.ofNullable(NUMBERS.get(port));
    }

    /// Some program that listens and that we do not know.
    static Service named(String program) {
        return new Service(Names.of(program), program, Speaks.OTHER, Set.of());
    }

    /// How to look at it, the best way first.
    List<Probing> ways(Listening listening) {
        String host = listening.host();
        String port = String.valueOf(listening.port());
        var tcp = probe(ProbeKind.TCP, "host", host, "port", port);
        return switch (speaks) {
            case WEB -> {
                String shown = port.equals("80") ? "" : ":" + port;
                String url = "http://" + listening.urlHost() + shown + "/";
                yield List.of(probe(ProbeKind.HTTP, "url", url), tcp);
            }
            case SSH -> List.of(probe(ProbeKind.SSH, "host", host, "port", port), tcp);
            case SMTP -> List.of(greeting(ProbeKind.SMTP, host, port, "465"), tcp);
            case IMAP ->
                    port.equals("143") || port.equals("993")
                            ? List.of(greeting(ProbeKind.IMAP, host, port, "993"), tcp)
                            : List.of(tcp);
            case OTHER -> List.of(tcp);
        };
    }

    private static Probing greeting(ProbeKind kind, String host, String port, String tls) {
        return port.equals(tls)
                ? probe(kind, "host", host, "port", port, "tls", "true")
                : probe(kind, "host", host, "port", port);
    }

    private static Map.Entry<String, Service> of(
            String program, String name, String title, Speaks speaks, String... units) {
        return Map.entry(program, new Service(name, title, speaks, Set.of(units)));
    }

    private static Map.Entry<Integer, Service> at(
            int port, String name, String title, Speaks speaks) {
        return Map.entry(port, new Service(name, title, speaks, Set.of()));
    }
}

package aramaki.agent.discover;

import static aramaki.agent.discover.Candidate.probe;

import aramaki.model.observation.ProbeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Services that listen: each port, and the program behind it.
final class Ports implements Look {
    /// From here on the kernel hands out ports by itself; a listener there says little.
    private static final int EPHEMERAL = 32_768;

    /// Our own programs have checks of their own.
    private static final String OWN = "aramaki.";

    /// How a service is called, and what speaks on its port.
    record Service(String name, String title, boolean web) {}

    static final Map<String, Service> PROGRAMS =
            Map.ofEntries(
                    Map.entry("nginx", new Service("nginx", "nginx", true)),
                    Map.entry("apache2", new Service("apache", "Apache", true)),
                    Map.entry("httpd", new Service("apache", "Apache", true)),
                    Map.entry("caddy", new Service("caddy", "Caddy", true)),
                    Map.entry("varnishd", new Service("varnish", "Varnish", true)),
                    Map.entry("cache-main", new Service("varnish", "Varnish", true)),
                    Map.entry("haproxy", new Service("haproxy", "HAProxy", false)),
                    Map.entry("sshd", new Service("ssh", "sshd", false)),
                    Map.entry("postgres", new Service("postgresql", "PostgreSQL", false)),
                    Map.entry("mysqld", new Service("mysql", "MySQL", false)),
                    Map.entry("mariadbd", new Service("mysql", "MariaDB", false)),
                    Map.entry("redis-server", new Service("redis", "Redis", false)),
                    Map.entry("valkey-server", new Service("redis", "Valkey", false)),
                    Map.entry("memcached", new Service("memcached", "memcached", false)),
                    Map.entry("master", new Service("postfix", "Postfix", false)),
                    Map.entry("exim4", new Service("exim", "Exim", false)),
                    Map.entry("dovecot", new Service("dovecot", "Dovecot", false)),
                    Map.entry("named", new Service("dns", "BIND", false)),
                    Map.entry("unbound", new Service("dns", "Unbound", false)),
                    Map.entry("dnsmasq", new Service("dns", "dnsmasq", false)),
                    Map.entry("mongod", new Service("mongodb", "MongoDB", false)),
                    Map.entry("beam.smp", new Service("rabbitmq", "RabbitMQ", false)));

    /// Where we may not know the program.
    private static final Map<Integer, Service> NUMBERS =
            Map.ofEntries(
                    Map.entry(22, new Service("ssh", "a secure shell", false)),
                    Map.entry(25, new Service("smtp", "a mail server", false)),
                    Map.entry(53, new Service("dns", "a name server", false)),
                    Map.entry(80, new Service("http", "a web server", true)),
                    Map.entry(143, new Service("imap", "a mailbox server", false)),
                    Map.entry(443, new Service("https", "a web server", false)),
                    Map.entry(587, new Service("submission", "a mail server", false)),
                    Map.entry(993, new Service("imaps", "a mailbox server", false)),
                    Map.entry(3306, new Service("mysql", "MySQL", false)),
                    Map.entry(5432, new Service("postgresql", "PostgreSQL", false)),
                    Map.entry(6379, new Service("redis", "Redis", false)),
                    Map.entry(11_211, new Service("memcached", "memcached", false)));

    @Override
    public List<Candidate> at(Host host) {
        var found = new ArrayList<Candidate>();
        var programs = new TreeSet<String>();
        for (var listening : Listening.on(host)) {
            var service = service(listening);
            service.ifPresent(s -> found.add(port(listening, s)));
            if (PROGRAMS.containsKey(listening.name()) && programs.add(listening.name())) {
                found.add(process(listening));
            }
        }
        return found;
    }

    private static Optional<Service> service(Listening listening) {
        var known =
                Optional.ofNullable(PROGRAMS.get(listening.name()))
                        .or(
                                () ->
                                        listening.program().isEmpty()
                                                ? Optional.ofNullable(NUMBERS.get(listening.port()))
                                                : Optional.empty());
        if (known.isPresent() || listening.port() >= EPHEMERAL) {
            return known;
        }
        return listening
                .program()
                .filter(program -> program.argv().stream().noneMatch(w -> w.startsWith(OWN)))
                .map(Host.Program::name)
                .map(name -> new Service(Names.of(name), name, false));
    }

    private static Candidate port(Listening listening, Service service) {
        int port = listening.port();
        String title = service.title() + " on port " + port;
        var tcp = probe(ProbeKind.TCP, "host", listening.host(), "port", String.valueOf(port));
        var url = "http://" + listening.urlHost() + (port == 80 ? "" : ":" + port) + "/";
        var candidate =
                Candidate.of(
                        "port:" + port,
                        Names.of(service.name() + "-" + port),
                        title,
                        title + " serves others; a check tells when it no longer answers.",
                        (listening.name().isEmpty() ? "a program" : listening.name())
                                + " listens on "
                                + listening.words(),
                        service.web() ? probe(ProbeKind.HTTP, "url", url) : tcp);
        return (service.web() ? candidate.or(tcp) : candidate).every(Candidate.SOON);
    }

    private static Candidate process(Listening listening) {
        String program = listening.name();
        var service = PROGRAMS.getOrDefault(program, new Service(program, program, false));
        return Candidate.of(
                "process:" + program,
                Names.of(service.name() + "-process"),
                service.title() + " runs",
                service.title() + " runs as " + program + "; a check tells when it is gone.",
                "a process named " + program + " that listens",
                probe(ProbeKind.PROCESS, "name", program));
    }
}

package aramaki.agent.discover;

import static aramaki.agent.discover.Candidate.probe;

import aramaki.model.observation.ProbeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Certificates: those that a running nginx serves, those in its files, and those of Let's Encrypt.
final class Certificates implements Look {
    private static final String LETSENCRYPT = "/etc/letsencrypt/live";
    private static final String BEGIN = "-----BEGIN ";
    private static final int MOST = 40;

    @Override
    public List<Candidate> at(Host host) {
        var found = new ArrayList<Candidate>();
        var files = new LinkedHashMap<String, String>();
        for (var server : Nginx.servers(host)) {
            for (String file : server.certificates()) {
                files.putIfAbsent(file, "ssl_certificate in " + server.file());
            }
            served(server, found);
        }
        for (String name : host.names(LETSENCRYPT, "*")) {
            files.putIfAbsent(
                    LETSENCRYPT + "/" + name + "/fullchain.pem", "a certificate of Let's Encrypt");
        }
        files.forEach(
                (file, seen) -> {
                    if (file.matches("/[A-Za-z0-9/._@+-]{1,300}")
                            && host.text(file).filter(t -> t.contains(BEGIN)).isPresent()) {
                        found.add(file(file, seen));
                    }
                });
        return found.subList(0, Math.min(MOST, found.size()));
    }

    /// What is served for a name, asked for here, so that it needs no name service.
    private static void served(NginxConfig.Server server, List<Candidate> found) {
        for (var listen : server.listens()) {
            if (listen.tls() && !server.names().isEmpty()) {
                String name = server.names().getFirst();
                String port = String.valueOf(listen.port());
                found.add(
                        Candidate.of(
                                        "tls:" + Names.of(name) + ":" + port,
                                        Names.of("tls-" + name)
                                                + (port.equals("443") ? "" : "-" + port),
                                        "certificate of " + name,
                                        "Visitors of "
                                                + name
                                                + " are turned away when its certificate ends.",
                                        "served on port " + port + " by " + server.file(),
                                        probe(
                                                ProbeKind.TLS,
                                                "host",
                                                "127.0.0.1",
                                                "port",
                                                port,
                                                "name",
                                                name))
                                .every(Candidate.HOUR)
                                .onlyWhenItIsWell());
            }
        }
    }

    private static Candidate file(String file, String seen) {
        return Candidate.of(
                        "certificate:" + shortened(file),
                        Names.of("certificate" + file),
                        "certificate " + file,
                        "A certificate that ends stops whoever relies on it.",
                        seen,
                        probe(ProbeKind.TLS, "file", file))
                .every(Candidate.HOUR);
    }

    private static String shortened(String file) {
        return file.length() <= 100 ? file : Names.of(file) + Integer.toHexString(file.hashCode());
    }
}

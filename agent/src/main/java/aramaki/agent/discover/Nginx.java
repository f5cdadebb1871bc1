package aramaki.agent.discover;

import static aramaki.agent.discover.Candidate.probe;

import aramaki.model.observation.ProbeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The sites that a running nginx serves, by its configuration.
final class Nginx implements Look {
    private static final String PROGRAM = "nginx";
    private static final String USUAL = "/etc/nginx/nginx.conf";
    private static final int MAX_SITES = 40;

    @Override
    public List<Candidate> at(Host host) {
        var listening =
                Listening.on(host).stream()
                        .filter(l -> l.name().equals(PROGRAM) || l.program().isEmpty())
                        .map(Listening::port)
                        .collect(Collectors.toSet());
        var found = new ArrayList<Candidate>();
        for (var server : servers(host)) {
            sites(server, listening, found);
        }
        return found.subList(0, Math.min(MAX_SITES, found.size()));
    }

    /// The servers of every nginx that runs; none runs, none is proposed.
    static List<NginxConfig.Server> servers(Host host) {
        var configs = new LinkedHashMap<String, String>();
        for (var program : host.programs()) {
            if (program.name().equals(PROGRAM)) {
                String prefix = program.option("-p").orElse("/etc/nginx");
                String file = program.option("-c").orElse(USUAL);
                String absolute = file.startsWith("/") ? file : prefix + "/" + file;
                if (program.argv().contains("master") || configs.isEmpty()) {
                    configs.put(absolute, absolute.substring(0, absolute.lastIndexOf('/')));
                }
            }
        }
        var servers = new ArrayList<NginxConfig.Server>();
        for (Map.Entry<String, String> config : configs.entrySet()) {
            servers.addAll(new NginxConfig(host, config.getValue()).servers(config.getKey()));
        }
        return servers;
    }

    private static void sites(
            NginxConfig.Server server, Set<Integer> listening, List<Candidate> found) {
        var seen = new HashSet<String>();
        for (var listen : server.listens()) {
            for (String name : server.names()) {
                if (listening.contains(listen.port()) && seen.add(name + listen.port())) {
                    found.add(site(server, listen, name));
                }
            }
        }
    }

    /// By its name, as its users ask for it: whether that leads here only trying it can tell.
    private static Candidate site(
            NginxConfig.Server server, NginxConfig.Listen listen, String name) {
        int usual = listen.tls() ? 443 : 80;
        String port = listen.port() == usual ? "" : ":" + listen.port();
        String url = (listen.tls() ? "https://" : "http://") + name + port + "/";
        return Candidate.of(
                        "site:" + Names.of(name) + ":" + listen.port(),
                        Names.of((listen.tls() ? "https-" : "http-") + name)
                                + (port.isEmpty() ? "" : "-" + listen.port()),
                        url,
                        "nginx serves " + name + "; a check asks it as its visitors do.",
                        "server_name " + name + " in " + server.file(),
                        probe(ProbeKind.HTTP, "url", url))
                .onlyWhenItIsWell();
    }
}

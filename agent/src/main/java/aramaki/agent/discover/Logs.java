package aramaki.agent.discover;

import static aramaki.agent.discover.Candidate.probe;

import aramaki.model.observation.ProbeKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Logs in which something stands only when it is bad.
final class Logs implements Look {
    private static final String NGINX = "\\[(alert|crit|emerg)\\]";
    private static final String KILLED = "Out of memory: Killed process";
    private static final int MOST = 10;

    @Override
    public List<Candidate> at(Host host) {
        var found = new ArrayList<Candidate>();
        var files = new LinkedHashSet<String>();
        Nginx.servers(host).forEach(server -> files.addAll(server.errorLogs()));
        files.stream()
                .filter(file -> file.matches("/[A-Za-z0-9/._@+-]{1,90}"))
                .filter(host::isFile)
                .limit(MOST)
                .forEach(
                        file ->
                                found.add(
                                        log(
                                                file,
                                                "nginx-log" + file,
                                                "error log of nginx",
                                                "nginx writes there what keeps it from working.",
                                                "error_log of a running nginx",
                                                NGINX)));
        for (String file : List.of("/var/log/kern.log", "/var/log/messages")) {
            if (host.isFile(file)) {
                found.add(
                        log(
                                file,
                                "killed" + file,
                                "programs killed for want of memory",
                                "The kernel ends programs when memory is out, and says so there.",
                                "the kernel's log is " + file,
                                KILLED));
            }
        }
        return found;
    }

    private static Candidate log(
            String file, String name, String title, String why, String seen, String pattern) {
        return Candidate.of(
                        "log:" + file,
                        Names.of(name),
                        title + " " + file,
                        why,
                        seen,
                        probe(ProbeKind.LOG, "path", file, "pattern", pattern))
                .onlyWhenItIsWell();
    }
}

package aramaki.agent.observe.probe;

import aramaki.agent.observe.finding.Finding;
import aramaki.agent.observe.finding.Text;
import aramaki.agent.observe.plugin.PluginRunner;
import aramaki.model.observation.Metric;
import aramaki.model.observation.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Looks at a unit by `systemctl show`, whose output is made for programs.
///
/// @param booted the folder that is there where systemd is PID 1, as sd_booted(3) has it
record SystemdProbe(
        String unit,
        String expect,
        Thresholds restarts,
        SystemProgram systemctl,
        PluginRunner programs,
        Path booted,
        Duration timeout)
        implements Probe {
    static final Path BOOTED = Path.of("/run/systemd/system");

    private static final String PROPERTIES =
            "Id,LoadState,ActiveState,SubState,Result,NRestarts,ExecMainStatus,"
                    + "StateChangeTimestamp,UnitFileState";

    static SystemdProbe of(
            Parameters parameters,
            SystemProgram systemctl,
            PluginRunner programs,
            Path booted,
            Duration timeout) {
        String unit = parameters.text("unit");
        return new SystemdProbe(
                unit.indexOf('.') < 0 ? unit + ".service" : unit,
                parameters.text("expect"),
                parameters.thresholds(),
                systemctl,
                programs.amongAll(),
                booted,
                timeout);
    }

    @Override
    public Finding find() throws InterruptedException {
        if (!Files.isDirectory(booted)) {
            return Finding.unknown(
                    unit + ": this host does not run systemd (PID 1 is another program)");
        }
        Finding told =
                programs.run(
                        List.of(
                                systemctl.path().toString(),
                                "show",
                                "--no-pager",
                                "--property=" + PROPERTIES,
                                "--",
                                unit),
                        timeout);
        return told.state() == State.OK
                ? judge(told.output())
                : Finding.unknown(unit + ": systemctl said: " + Text.line(told.output(), 500));
    }

    /// Understands lines of `Property=value`.
    Finding judge(String shown) {
        Map<String, String> properties = new TreeMap<>();
        for (String line : shown.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                properties.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        String load = properties.getOrDefault("LoadState", "");
        String active = properties.getOrDefault("ActiveState", "");
        if (load.isEmpty() || active.isEmpty()) {
            return Finding.unknown(
                    unit + ": systemctl did not tell its state: " + Text.line(shown, 300));
        }
        if (load.equals("not-found")) {
            return expect.equals("active")
                    ? Finding.of(State.CRITICAL, unit + ": this host has no such unit")
                    : Finding.of(State.OK, unit + ": this host has no such unit");
        }
        return judge(properties, load, active);
    }

    private Finding judge(Map<String, String> properties, String load, String active) {
        String sub = properties.getOrDefault("SubState", "");
        State state = state(load, active, sub);
        var metrics = new ArrayList<Metric>();
        String restarted = properties.getOrDefault("NRestarts", "");
        String limit = "";
        if (restarted.matches("[0-9]{1,9}")) {
            double count = Double.parseDouble(restarted);
            metrics.add(restarts.metric("restarts", count, ""));
            limit =
                    restarts.limit(count, Text::number).isEmpty() && count == 0
                            ? ""
                            : "; restarted "
                                    + restarted
                                    + " times"
                                    + restarts.limit(count, Text::number);
            state = State.worst(List.of(state, restarts.state(count)));
        }
        return new Finding(
                state,
                Text.line(
                        unit
                                + " is "
                                + active
                                + " ("
                                + sub
                                + ")"
                                + since(properties)
                                + result(properties)
                                + (load.equals("loaded") ? "" : "; the unit file is " + load)
                                + (state == State.OK || !limit.isEmpty() ? "" : expected())
                                + limit,
                        1000),
                metrics);
    }

    /// A service that systemd starts over and over is *activating (auto-restart)* in between.
    private State state(String load, String active, String sub) {
        if (active.equals("failed") || sub.equals("auto-restart")) {
            return State.CRITICAL;
        }
        return switch (expect) {
            case "not-failed" -> State.OK;
            case "inactive" -> active.equals("inactive") ? State.OK : State.CRITICAL;
            default ->
                    switch (active) {
                        case "active", "reloading", "refreshing" -> State.OK;
                        case "activating", "deactivating", "maintenance" ->
                                load.equals("masked") ? State.CRITICAL : State.WARNING;
                        default -> State.CRITICAL;
                    };
        };
    }

    private String expected() {
        return ", expected " + expect;
    }

    private static String since(Map<String, String> properties) {
        String at = properties.getOrDefault("StateChangeTimestamp", "");
        return at.isEmpty() ? "" : " since " + at;
    }

    private static String result(Map<String, String> properties) {
        String result = properties.getOrDefault("Result", "");
        String status = properties.getOrDefault("ExecMainStatus", "");
        if (result.isEmpty() || result.equals("success")) {
            return "";
        }
        return "; result " + result + (status.isEmpty() ? "" : ", exit status " + status);
    }
}

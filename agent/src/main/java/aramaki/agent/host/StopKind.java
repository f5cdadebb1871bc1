package aramaki.agent.host;

import java.util.Locale;

/// Why an agent stops: it alone, or its host with it.
public enum StopKind {
    STOP,
    REBOOT,
    POWEROFF;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

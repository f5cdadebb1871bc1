package aramaki.agent.link;

import aramaki.protocol.agent.ServerMessage;
import java.time.Instant;
import java.util.List;

/// A listener that also lets the link's status know of acknowledgements.
record Noting(Link link, LinkListener then) implements LinkListener {
    @Override
    public void checks(ServerMessage.Checks checks) {
        then.checks(checks);
    }

    @Override
    public void runNow(ServerMessage.RunNow wanted) {
        then.runNow(wanted);
    }

    @Override
    public void lookAround() {
        then.lookAround();
    }

    @Override
    public void acknowledged(List<Instant> spooled) {
        link.noteAcknowledgement();
        then.acknowledged(spooled);
    }
}

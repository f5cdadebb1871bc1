package aramaki.agent.link;

import aramaki.protocol.agent.HostEvent;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.agent.ServerMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    public Optional<Pause> pause() {
        return then.pause();
    }

    @Override
    public List<HostEvent> happened() {
        return then.happened();
    }

    @Override
    public void paused(ServerMessage.Paused said) {
        then.paused(said);
    }

    @Override
    public void noted(List<String> ids) {
        then.noted(ids);
    }

    @Override
    public void acknowledged(String epoch, long seq, List<Instant> spooled) {
        link.noteAcknowledgement();
        then.acknowledged(epoch, seq, spooled);
    }

    @Override
    public void gap(String epoch, long from, long to) {
        then.gap(epoch, from, to);
    }
}

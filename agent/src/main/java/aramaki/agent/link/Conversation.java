package aramaki.agent.link;

import aramaki.agent.log.Log;
import aramaki.agent.spool.Spool;
import aramaki.protocol.agent.AgentMessage;
import aramaki.protocol.agent.Pause;
import aramaki.protocol.agent.ServerMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection after the handshake: results out in order with a small window, acknowledgements
/// and checks in. Belongs to one thread.
final class Conversation {
    static final int WINDOW = 4;
    static final int MAX_BYTES = 256 * 1024;
    private static final Duration CLOCK_SET = Duration.ofSeconds(5);
    private static final Duration USEFUL = Duration.ofSeconds(30);

    /// A frame of results the server has not acknowledged.
    private record Sent(long last, List<Instant> spooled) {}

    /// What the conversation needs around it.
    ///
    /// @param stopping what to say of a planned stop; null until one is asked for
    /// @param found what was found on this host, once it was looked at
    record Around(
            Spool spool,
            LinkListener listener,
            Timing timing,
            InstantSource clock,
            Log log,
            Supplier<AgentMessage.@Nullable Stopping> stopping,
            Supplier<Optional<AgentMessage.Found>> found) {}

    private final Channel channel;
    private final Around around;
    private final Duration heartbeat;
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private String epoch = "";
    private long cursor;
    private boolean positioned;
    private boolean stopSaid;
    private @Nullable String foundThere;
    private boolean ended;
    private long nextHeartbeat;
    private long lastProgress;
    private long stopBy;
    private int acknowledgements;
    private final long begun = System.nanoTime();
    private final Instant begunAt;
    private final Set<String> said = new HashSet<>();
    private Optional<Pause> pauseSaid = Optional.empty();

    Conversation(Channel channel, Around around, int heartbeatSeconds) {
        this.channel = channel;
        this.around = around;
        this.begunAt = around.clock().instant();
        this.heartbeat = Duration.ofSeconds(Math.clamp(heartbeatSeconds, 1, 300));
    }

    /// Whether the connection was good for something, so that its end is no repeated failure.
    boolean useful() {
        return acknowledgements > 0 || System.nanoTime() - begun > USEFUL.toNanos();
    }

    /// Talks until a planned stop, or until the spool began a new epoch and must be announced anew;
    /// every other end is an exception.
    void run(AgentMessage.Ready ready) throws IOException, InterruptedException {
        epoch = ready.epoch();
        channel.send(ready.frame());
        nextHeartbeat = System.nanoTime() + heartbeat.toNanos();
        lastProgress = System.nanoTime();
        while (!ended) {
            sayWhatIsDue();
            sayWhatWasFound();
            if (!ended && positioned) {
                sayNews();
            }
            boolean sent = !ended && positioned && inFlight.size() < WINDOW && sendNext();
            if (!ended) {
                hear(channel.next(sent ? Duration.ZERO : untilDue()));
            }
        }
        channel.finish();
    }

    private void sayWhatIsDue() throws IOException, InterruptedException {
        long now = System.nanoTime();
        var stop = around.stopping().get();
        if (stop != null && !stopSaid) {
            stopSaid = true;
            stopBy = now + around.timing().drain().toNanos();
            channel.send(stop.frame());
        }
        if (stopSaid && (drained() || now - stopBy >= 0)) {
            ended = true;
            return;
        }
        if (now - nextHeartbeat >= 0) {
            nextHeartbeat = now + heartbeat.toNanos();
            channel.send(new AgentMessage.Heartbeat(around.clock().instant()).frame());
            channel.ping();
        }
        refuseOtherClock(now);
        if (channel.silence().compareTo(heartbeat.multipliedBy(3)) > 0) {
            throw new IOException("the server is silent");
        }
        boolean waiting = !inFlight.isEmpty() || !positioned;
        if (waiting && now - lastProgress > around.timing().stalled().toNanos()) {
            throw new IOException("the server acknowledges nothing");
        }
    }

    /// Only what the server does not have yet.
    private void sayWhatWasFound() throws IOException, InterruptedException {
        var found = around.found().get();
        if (!ended && positioned && found.isPresent()) {
            String version = found.get().version();
            if (!version.equals(foundThere)) {
                foundThere = version;
                channel.send(found.get().frame());
            }
        }
    }

    /// The server asks for our clock when we connect, and only then.
    private void refuseOtherClock(long nanos) throws IOException {
        var passed = Duration.ofNanos(nanos - begun);
        var shown = Duration.between(begunAt, around.clock().instant());
        if (shown.minus(passed).abs().compareTo(CLOCK_SET) > 0) {
            throw new IOException("the clock of this host was set");
        }
    }

    /// Says what changed beside results, once each in a conversation.
    private void sayNews() throws IOException, InterruptedException {
        var pause = around.listener().pause();
        if (pause.isPresent() && !pause.equals(pauseSaid)) {
            pauseSaid = pause;
            channel.send(new AgentMessage.Paused(pause.get(), around.clock().instant()).frame());
        }
        var news =
                around.listener().happened().stream()
                        .filter(event -> !said.contains(event.id()))
                        .limit(AgentMessage.Happened.MAX_EVENTS)
                        .toList();
        if (!news.isEmpty()) {
            news.forEach(event -> said.add(event.id()));
            channel.send(new AgentMessage.Happened(news).frame());
        }
    }

    private boolean drained() {
        return positioned && inFlight.isEmpty() && around.spool().standing().next() <= cursor;
    }

    private Duration untilDue() {
        long now = System.nanoTime();
        long until = nextHeartbeat - now;
        return Duration.ofNanos(Math.max(1, stopSaid ? Math.min(until, stopBy - now) : until));
    }

    /// Sends what comes next in the spool.
    ///
    /// @return false when there is nothing
    private boolean sendNext() throws IOException, InterruptedException {
        var next = around.spool().read(epoch, cursor, AgentMessage.Results.MAX_RESULTS, MAX_BYTES);
        switch (next) {
            case Spool.Next.Nothing() -> {
                return false;
            }
            case Spool.Next.Missing(long from, long to) -> {
                around.log().warn("link: results are gone", "from", from, "to", to);
                around.listener().gap(epoch, from, to);
                channel.send(new AgentMessage.Gap(epoch, from, to).frame());
                cursor = to + 1;
            }
            case Spool.Next.Some(var results) -> {
                var frame =
                        new AgentMessage.Results(epoch, around.clock().instant(), results).frame();
                var spooled = new ArrayList<Instant>(results.size());
                results.forEach(r -> spooled.add(r.spooled() == null ? r.finished() : r.spooled()));
                if (inFlight.isEmpty()) {
                    lastProgress = System.nanoTime();
                }
                inFlight.addLast(new Sent(results.getLast().seq(), spooled));
                cursor = results.getLast().seq() + 1;
                channel.send(frame);
            }
        }
        return true;
    }

    private void hear(Channel.@Nullable Incoming incoming)
            throws IOException, InterruptedException {
        switch (incoming) {
            case null -> {}
            case Channel.Incoming.Wake() -> {}
            case Channel.Incoming.Ended(var why) -> throw new IOException(why);
            case Channel.Incoming.Text(var utf8) -> {
                switch (ServerMessage.read(utf8)) {
                    case ServerMessage.Position position -> position(position);
                    case ServerMessage.Ack ack -> acknowledge(ack);
                    case ServerMessage.Checks checks -> around.listener().checks(checks);
                    case ServerMessage.RunNow wanted -> around.listener().runNow(wanted);
                    case ServerMessage.LookAround _ -> around.listener().lookAround();
                    case ServerMessage.Paused said -> around.listener().paused(said);
                    case ServerMessage.Noted noted -> around.listener().noted(noted.ids());
                    case ServerMessage.Refused refused -> throw Greeting.refusal(refused);
                    case ServerMessage.Welcome _ -> {}
                }
            }
        }
    }

    private void position(ServerMessage.Position position)
            throws IOException, InterruptedException {
        lastProgress = System.nanoTime();
        if (!position.epoch().equals(epoch) || positioned) {
            return;
        }
        if (position.seq() > around.spool().standing().handedOut()) {
            around.spool().beginEpoch();
            ended = true;
            return;
        }
        around.spool().dropTo(epoch, position.seq());
        cursor = position.seq() + 1;
        positioned = true;
        foundThere = position.found();
    }

    private void acknowledge(ServerMessage.Ack ack) {
        if (!ack.epoch().equals(epoch)) {
            return;
        }
        lastProgress = System.nanoTime();
        acknowledgements++;
        around.spool().dropTo(epoch, Math.min(ack.seq(), cursor - 1));
        var spooled = new ArrayList<Instant>();
        while (!inFlight.isEmpty() && inFlight.getFirst().last() <= ack.seq()) {
            spooled.addAll(inFlight.removeFirst().spooled());
        }
        around.listener().acknowledged(epoch, Math.min(ack.seq(), cursor - 1), spooled);
    }
}

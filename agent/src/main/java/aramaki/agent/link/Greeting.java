package aramaki.agent.link;

import aramaki.model.Refusal;
import aramaki.protocol.Json;
import aramaki.protocol.agent.Handshake;
import aramaki.protocol.agent.Invite;
import aramaki.protocol.agent.ServerMessage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The handshake from the agent's side.
public final class Greeting {
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private Greeting() {}

    /// Joins an instance, or shows that we belong to it, and leaves again.
    public static ServerMessage.Welcome join(
            HttpClient http, Identity me, Invite invite, KnownKeys known)
            throws IOException, InterruptedException {
        try (var channel = Channel.open(http, me.server(), Timing.DEFAULT)) {
            var welcome = greet(channel, me, invite, known, Timing.DEFAULT.greeting());
            channel.finish();
            return welcome;
        }
    }

    /// Refuses a server that is not ours, or passes on its refusal of us.
    static ServerMessage.Welcome greet(
            Channel channel, Identity me, @Nullable Invite invite, KnownKeys known, Duration limit)
            throws IOException, InterruptedException {
        String inviteId = invite == null ? null : invite.id();
        byte[] secret = invite == null ? null : invite.secretBytes();
        var before = known.load(me.instance());
        String head = before == null ? Handshake.NO_KEYS_KNOWN : before.head().hex();
        byte[] hello =
                Json.bytes(
                        Handshake.hello(
                                me.instance(),
                                me.key().publicKey(),
                                me.name(),
                                inviteId,
                                head,
                                new SecureRandom()));
        say(channel, hello);
        byte[] challenge = answer(channel, limit, Handshake.MAX_CHALLENGE);
        var keys = Handshake.verifyChallenge(hello, challenge, me.instance(), before);
        if (before == null || !keys.head().equals(before.head())) {
            known.remember(keys); // before anything else: it holds whether we are welcome or not
        }
        say(channel, Json.bytes(Handshake.proof(challenge, me.key(), secret)));
        if (ServerMessage.read(answer(channel, limit, Handshake.MAX_BYTES))
                instanceof ServerMessage.Welcome welcome) {
            return welcome;
        }
        throw new Refusal(
                Refusal.Reason.UNAUTHENTICATED,
                "handshake-failed",
                "the server did not end the handshake with a welcome");
    }

    /// Where the server has ended the conversation meanwhile, its reason is the better one.
    private static void say(Channel channel, byte[] utf8) throws IOException, InterruptedException {
        try {
            channel.send(utf8);
        } catch (IOException e) {
            while (channel.next(LAST_WORDS) instanceof Channel.Incoming.Text(var said)) {
                refuseIfRefused(said, Handshake.MAX_BYTES);
            }
            throw e;
        }
    }

    private static byte[] answer(Channel channel, Duration limit, int longest)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            switch (channel.next(Duration.ofNanos(end - System.nanoTime()))) {
                case null -> throw new IOException("no answer within " + limit.toSeconds() + " s");
                case Channel.Incoming.Ended(var why) -> throw new IOException(why);
                case Channel.Incoming.Wake _ -> {}
                case Channel.Incoming.Text(var utf8) -> {
                    refuseIfRefused(utf8, longest);
                    return utf8;
                }
            }
        }
    }

    private static void refuseIfRefused(byte[] utf8, int longest) {
        if (utf8.length > longest) {
            throw Refusal.invalid("handshake-failed", "the server's greeting is too long");
        }
        if (Json.tree(utf8).path("t").asText().equals("refused")
                && ServerMessage.read(utf8) instanceof ServerMessage.Refused refused) {
            throw refusal(refused);
        }
    }

    static Refusal refusal(ServerMessage.Refused refused) {
        return new Refusal(Refusal.Reason.FORBIDDEN, refused.code(), refused.message());
    }
}

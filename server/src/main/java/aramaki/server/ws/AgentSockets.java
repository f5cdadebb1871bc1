package aramaki.server.ws;

import aramaki.protocol.Json;
import aramaki.protocol.agent.Handshake;
import java.security.SecureRandom;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/// The agents' channel on the server's port. It authenticates in its own handshake, so no session
/// or token is asked for.
public final class AgentSockets {
    private static final int MAX_OUTGOING_FRAMES = 64;

    private AgentSockets() {}

    public static void install(
            org.eclipse.jetty.server.Server server, AgentHub hub, SecureRandom random) {
        server.setHandler(
                WebSocketUpgradeHandler.from(
                        server,
                        container -> {
                            container.setMaxTextMessageSize(Json.MAX_DOCUMENT);
                            container.setMaxBinaryMessageSize(Handshake.MAX_BYTES);
                            container.setMaxOutgoingFrames(MAX_OUTGOING_FRAMES);
                            container.addMapping(
                                    Handshake.PATH,
                                    (request, response, callback) -> {
                                        if (!request.hasSubProtocol(Handshake.SUBPROTOCOL)) {
                                            Response.writeError(
                                                    request,
                                                    response,
                                                    callback,
                                                    400,
                                                    "this channel speaks " + Handshake.SUBPROTOCOL);
                                            return null; // answered, so nobody waits
                                        }
                                        response.setAcceptedSubProtocol(Handshake.SUBPROTOCOL);
                                        return new AgentSocket(hub, random);
                                    });
                        }));
    }
}

package aramaki.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.grant.Network;
import aramaki.server.LiveServer;
import aramaki.server.ServerSettings;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is asked as a proxy would ask it. Where a request comes from shows by a grant that
/// is good from one network only.
class ForwardedTest {
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String GRANTED = "203.0.113.7";
    private static final String ELSEWHERE = "198.51.100.9";

    @TempDir private Path folder;

    private LiveServer behind(String... proxies) {
        var listening =
                new Listening(
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Stream.of(proxies).map(Network::parse).toList());
        var live = new LiveServer(ServerSettings.of(folder, 0, Optional.empty()).with(listening));
        return live;
    }

    /// A person who may read a system from the granted network only.
    private static String guest(LiveServer live) throws Exception {
        live.post("/api/v1/systems", "{\"name\":\"shop\"}");
        String token = live.personNamed("bo");
        var made =
                live.post(
                        "/api/v1/grants",
                        "{\"holder\":\"bo\",\"verbs\":[\"read\"],\"systems\":[\"shop\"],\"networks\":"
                                + "[\"203.0.113.0/24\"],\"expiresIn\":\"8h\",\"reason\":\"test\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return token;
    }

    private static boolean sees(LiveServer live, String token, String... forwarded)
            throws Exception {
        var request = live.as(token, "/api/v1/systems/shop");
        for (String one : forwarded) {
            request.header(FOR, one);
        }
        return live.sent(request).statusCode() == 200;
    }

    @Test
    void aNamedProxyIsBelieved() throws Exception {
        try (var live = behind("127.0.0.1", "::1")) {
            String token = guest(live);
            assertThat(sees(live, token, GRANTED)).isTrue();
            assertThat(sees(live, token, ELSEWHERE)).isFalse();
            assertThat(sees(live, token)).as("the proxy itself").isFalse();
        }
    }

    @Test
    void anybodyElseIsNotBelieved() throws Exception {
        try (var live = behind()) {
            assertThat(sees(live, guest(live), GRANTED)).isFalse();
            assertThat(complaints(live)).anyMatch(c -> c.contains("come from no proxy"));
        }
    }

    /// The proxy adds whom it hears; what stands before that, the client made up.
    @Test
    void whatAClientMakesUpIsNotBelieved() throws Exception {
        try (var live = behind("127.0.0.1")) {
            String token = guest(live);
            assertThat(sees(live, token, GRANTED + ", " + ELSEWHERE)).isFalse();
            assertThat(sees(live, token, GRANTED, ELSEWHERE)).isFalse();
            assertThat(sees(live, token, ELSEWHERE + ", " + GRANTED)).isTrue();
            assertThat(sees(live, token, GRANTED + ", unknown")).isFalse();
        }
    }

    @Test
    void aRowOfNamedProxiesIsFollowedToWhoeverCameToTheFirst() throws Exception {
        try (var live = behind("127.0.0.1", "10.0.0.0/8")) {
            String token = guest(live);
            assertThat(sees(live, token, GRANTED + ", 10.1.2.3")).isTrue();
            assertThat(sees(live, token, GRANTED + ", " + ELSEWHERE + ", 10.1.2.3")).isFalse();
        }
    }

    @Test
    void onlyByHttpsIsTheBrowserToldToStayWithIt() throws Exception {
        try (var live = behind("127.0.0.1")) {
            assertThat(hsts(live, "https")).hasValue("max-age=31536000");
            assertThat(complaints(live)).noneMatch(c -> c.contains("by http"));
            assertThat(hsts(live, "https, http")).as("the proxy's own word is last").isEmpty();
            assertThat(complaints(live)).anyMatch(c -> c.contains("by http"));
        }
    }

    private static Optional<String> hsts(LiveServer live, String proto) throws Exception {
        HttpResponse<String> answer =
                live.sent(live.to("/healthz").header(FOR, GRANTED).header(PROTO, proto));
        return answer.headers().firstValue("Strict-Transport-Security");
    }

    private static List<String> complaints(LiveServer live) throws Exception {
        return live.get("/api/v1/doctor")
                .path("examinations")
                .valueStream()
                .filter(e -> e.path("name").asText().equals("proxy"))
                .flatMap(e -> e.path("complaints").valueStream())
                .map(c -> c.path("what"))
                .map(JsonNode::asText)
                .toList();
    }
}

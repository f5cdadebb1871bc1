package aramaki.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.agent.discover.NginxConfig.Listen;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NginxConfigTest {
    private static final String MAIN = "/etc/nginx/nginx.conf";

    @TempDir Path root;

    private List<NginxConfig.Server> servers(FakeHost host) {
        return new NginxConfig(host.host(), "/etc/nginx").servers(MAIN);
    }

    private List<NginxConfig.Server> servers(String main) {
        return servers(new FakeHost(root).file(MAIN, main));
    }

    @Test
    void serversAreFoundThroughIncludesWithWhatOuterBlocksSet() {
        var servers =
                servers(
                        new FakeHost(root)
                                .file(
                                        MAIN,
                                        """
                                        # comment with { and ;
                                        user www-data;
                                        error_log /var/log/nginx/error.log;
                                        http {
                                            map $x $y { default "a;b}"; ~^(.*)$ 1; }
                                            log_format main '$remote_addr {"x": 1};';
                                            include sites-enabled/*;
                                        }
                                        """)
                                .file(
                                        "/etc/nginx/sites-enabled/shop",
                                        """
                                        server {
                                            listen 80; listen [::]:80;
                                            server_name shop.example *.wild.example ~^x$ _ local;
                                            return 301 https://$host${request_uri};
                                        }
                                        server {
                                            listen 443 ssl; listen 127.0.0.1:8443 ssl http2;
                                            server_name "shop.example" www.shop.example;
                                            ssl_certificate certs/shop.pem;
                                            location / { proxy_pass http://app; }
                                        }
                                        """));

        assertThat(servers).hasSize(2);
        assertThat(servers.getFirst().listens())
                .containsExactly(new Listen(80, false), new Listen(80, false));
        assertThat(servers.getFirst().names()).containsExactly("shop.example");
        assertThat(servers.getFirst().errorLogs()).containsExactly("/var/log/nginx/error.log");
        assertThat(servers.getLast().listens())
                .containsExactly(new Listen(443, true), new Listen(8443, true));
        assertThat(servers.getLast().names()).containsExactly("shop.example", "www.shop.example");
        assertThat(servers.getLast().certificates()).containsExactly("/etc/nginx/certs/shop.pem");
        assertThat(servers.getLast().file()).isEqualTo("/etc/nginx/sites-enabled/shop");
    }

    @Test
    void addressesSocketsAndNothingAtAllAreUnderstood() {
        var servers =
                servers(
                        "http { server { listen unix:/run/x; listen 10.0.0.1; listen [::1]; listen localhost; }"
                                + " server { server_name a.example; } }");

        assertThat(servers.getFirst().listens()).containsOnly(new Listen(80, false)).hasSize(3);
        assertThat(servers.getLast().listens()).containsExactly(new Listen(80, false));
    }

    @Test
    @Timeout(10)
    void aFileThatIncludesItselfEnds() {
        assertThat(
                        servers(
                                "http { include nginx.conf; include /etc/nginx/*; server { listen 1; } }"))
                .hasSize(1);
    }

    @Test
    @Timeout(10)
    void brokenFilesGiveWhatTheyCan() {
        assertThat(servers("http { server { listen 81; server_name \"a")).hasSize(1);
        assertThat(servers("}}}} server {{{{ ; ' \\")).isEmpty();
        assertThat(servers("{".repeat(100_000))).isEmpty();
        assertThat(servers("http { server { listen 99999999999; listen 70000; } }")).hasSize(1);
        assertThat(servers("\0\1\2")).isEmpty();
        assertThat(servers("")).isEmpty();
    }
}

package aramaki.server.timeline.outside;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.protocol.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What CDEvents say to people.
class DeliveriesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    service.deployed | {"environment":{"id":"production"},"artifactId":"pkg:maven/example/shop@1.4.2"} | deployed shop 1.4.2 to production (by jenkins)
                    service.deployed | {"environment":{"id":"production"}} | deployed shop to production (by jenkins)
                    service.deployed | {} | deployed shop (by jenkins)
                    service.deployed | {"artifactId":"pkg:oci/shop@sha256%3A0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427"} | deployed shop 0b31b1c02ff4 (by jenkins)
                    service.deployed | {"artifactId":"pkg:oci/shop@sha256%3A0b31b1c02ff458ad9b7b81cbdf8f028bd54699fa151f221d1e8de6817db93427?tag=1.4.2"} | deployed shop 1.4.2 (by jenkins)
                    service.upgraded | {"environment":{"id":"production"},"artifactId":"pkg:maven/example/shop@1.4.2"} | upgraded shop to 1.4.2 in production (by jenkins)
                    service.rolledback | {"environment":{"id":"production"},"artifactId":"pkg:maven/example/shop@1.4.1"} | rolled back shop to 1.4.1 in production (by jenkins)
                    service.removed | {"environment":{"id":"staging"}} | removed shop from staging (by jenkins)
                    service.published | {"environment":{"id":"staging"}} | published shop in staging (by jenkins)
                    pipelinerun.queued | {"pipelineName":"release"} | pipeline release queued (by jenkins)
                    pipelineRun.started | {"pipelineName":"release"} | pipeline release started (by jenkins)
                    pipelinerun.finished | {"pipelineName":"release","outcome":"success"} | pipeline release succeeded (by jenkins)
                    pipelinerun.finished | {"pipelineName":"release","outcome":"failure","errors":"No space\\nleft"} | pipeline release failed: No space (by jenkins)
                    taskrun.finished | {"taskName":"test","outcome":"cancel"} | task test was cancelled (by jenkins)
                    incident.detected | {"description":"Slow","service":{"id":"front"},"environment":{"id":"prod1"}} | incident shop detected of front in prod1: Slow (by jenkins)
                    incident.resolved | {} | incident shop resolved (by jenkins)
                    ticket.created | {"summary":"New CVE"} | ticket shop created: New CVE (by jenkins)
                    ticket.closed | {} | ticket shop closed (by jenkins)
                    environment.created | {"name":"test 4"} | created environment test 4 (by jenkins)
                    change.merged | {"repository":{"id":"muster/shop"}} | merged change shop in muster/shop (by jenkins)
                    build.finished | {"artifactId":"pkg:maven/example/shop@1.4.2"} | build shop finished: shop 1.4.2 (by jenkins)
                    artifact.published | {} | published shop (by jenkins)
                    testSuiteRun.finished | {} | finished test suite run shop (by jenkins)
                    """)
    void aTypeHasItsSentence(String type, String content, String sentence) {
        assertThat(sentence("dev.cdevents." + type + ".0.2.0", "/jenkins", "shop", content))
                .isEqualTo(sentence);
    }

    @Test
    void anArtifactIsNamedByItsPackage() {
        assertThat(
                        sentence(
                                "dev.cdevents.artifact.published.0.2.0",
                                "https://ci.example/job/7",
                                "pkg:npm/%40muster/shop@2.0.0",
                                "{}"))
                .isEqualTo("published shop 2.0.0 (by ci.example)");
    }

    private static String sentence(String type, String source, String subject, String content) {
        String event = "{\"subject\":{\"id\":\"" + subject + "\",\"content\":" + content + "}}";
        return Deliveries.sentence(type, source, Json.tree(event.getBytes(StandardCharsets.UTF_8)));
    }
}

package aramaki.server.grant;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.model.grant.Act;
import aramaki.model.grant.Network;
import aramaki.model.grant.Terms;
import aramaki.model.grant.Verb;
import aramaki.model.timeline.EventClass;
import aramaki.testkit.Gen;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Passing on can only narrow: whatever a child allows, its parent allows.
class TermsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<Network> NETWORKS =
            List.of(
                    Network.parse("0.0.0.0/0"),
                    Network.parse("10.0.0.0/8"),
                    Network.parse("10.1.0.0/16"),
                    Network.parse("10.1.2.3"),
                    Network.parse("::/0"),
                    Network.parse("2001:db8::/32"));
    private static final List<InetAddress> ADDRESSES =
            List.of(
                    InetAddress.ofLiteral("10.1.2.3"),
                    InetAddress.ofLiteral("10.200.0.1"),
                    InetAddress.ofLiteral("127.0.0.1"),
                    InetAddress.ofLiteral("2001:db8::1"),
                    InetAddress.ofLiteral("::1"));

    @Test
    void whatAChildAllowsItsParentAllows() {
        int[] accepted = {0};
        Gen.forAll(
                3000,
                gen -> {
                    var chain = new ArrayList<Terms>();
                    chain.add(terms(gen, Terms.MAX_DEPTH));
                    for (int i = 0; i < 40; i++) {
                        var child = terms(gen, gen.between(0, Terms.MAX_DEPTH));
                        if (child.widerThan(chain.getLast()).isEmpty()) {
                            chain.add(child);
                            accepted[0]++;
                        }
                    }
                    for (int i = 0; i < 30; i++) {
                        var act = act(gen);
                        for (int link = 1; link < chain.size(); link++) {
                            if (chain.get(link).lacks(act).isEmpty()) {
                                assertThat(chain.get(link - 1).lacks(act))
                                        .as("%s under %s: %s", act, chain.get(link - 1), chain)
                                        .isEmpty();
                            }
                            assertThat(chain.get(link - 1).classes())
                                    .containsAll(chain.get(link).classes());
                        }
                    }
                    assertThat(chain.size()).isLessThanOrEqualTo(Terms.MAX_DEPTH + 1);
                });
        assertThat(accepted[0]).as("chains that were not empty").isGreaterThan(100);
    }

    @Test
    void aGrantIsItsOwnLimit() {
        Gen.forAll(
                500,
                gen -> {
                    var parent = terms(gen, 2);
                    var same =
                            new Terms(
                                    parent.verbs(),
                                    parent.classes(),
                                    parent.passkey(),
                                    parent.networks(),
                                    parent.notBefore(),
                                    parent.expiresAt(),
                                    1);
                    assertThat(same.widerThan(parent)).isEmpty();
                });
    }

    private static Terms terms(Gen gen, int depth) {
        var from = NOON.plus(Duration.ofHours(gen.between(0, 3)));
        return new Terms(
                some(gen, Verb.class),
                some(gen, EventClass.class),
                gen.chance(0.5),
                gen.list(2, () -> gen.oneOf(NETWORKS)),
                from,
                from.plus(Duration.ofHours(gen.between(1, 4))),
                depth);
    }

    private static <E extends Enum<E>> Set<E> some(Gen gen, Class<E> all) {
        var some = EnumSet.noneOf(all);
        some.add(gen.oneOf(List.copyOf(EnumSet.allOf(all))));
        EnumSet.allOf(all).stream().filter(_ -> gen.chance(0.6)).forEach(some::add);
        return some;
    }

    private static Act act(Gen gen) {
        return new Act(
                gen.oneOf(List.of(Verb.values())),
                NOON.plus(Duration.ofMinutes(gen.between(-60, 480))),
                gen.chance(0.7),
                gen.chance(0.9) ? Optional.of(gen.oneOf(ADDRESSES)) : Optional.empty());
    }
}

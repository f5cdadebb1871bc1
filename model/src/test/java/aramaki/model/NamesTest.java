package aramaki.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.observation.CheckName;
import aramaki.model.observation.EntityName;
import aramaki.model.system.SystemName;
import aramaki.model.system.SystemRef;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "shop", "web1.example.org", "a-b", "a.", "a-", "a..b"})
    void shortNamesAreTaken(String name) {
        assertThat(Names.require("system", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "-a", ".a", "Shop", "a b", "a/b", "ä", "a_b", "a\n", "a@b", "../a",
                "\u0661"
            })
    void whatIsNoShortNameIsRefusedAndQuoted(String name) {
        assertThatThrownBy(() -> Names.require("system", name))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.reason()).isEqualTo(Refusal.Reason.INVALID);
                            assertThat(refusal.code()).isEqualTo("bad-name");
                            assertThat(refusal.text()).startsWith("system name \"" + name + "\"");
                        });
    }

    @Test
    void aHundredCharactersAreTheMost() {
        assertThat(Names.isShortName("a".repeat(100))).isTrue();
        assertThat(Names.isShortName("a".repeat(101))).isFalse();
    }

    @Test
    void everyKindOfNameObeysTheRule() {
        assertThatThrownBy(() -> new SystemName("A")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new EntityName("A")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new CheckName("A")).isInstanceOf(Refusal.class);
    }

    @Test
    void whatIsTakenHoldsNothingAPathOrAKeyCouldTripOver() {
        var random = new Random(3);
        for (int run = 0; run < 5000; run++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                text.append((char) random.nextInt(128));
            }
            if (Names.isShortName(text.toString())) {
                assertThat(text.toString()).matches("[a-z0-9][a-z0-9.-]*").isNotEqualTo("..");
            }
        }
    }

    @Test
    void aReferenceIsReadBackAsItWasWritten() {
        for (String text : List.of("storage", "storage@hoster", "a.b@c.d")) {
            assertThat(SystemRef.parse(text)).hasToString(text);
        }
        assertThat(SystemRef.parse("storage@hoster").peer()).contains("hoster");
        assertThat(SystemRef.parse("storage").peer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "a@", "@b", "a@b@c", "A@b", "a@B"})
    void aReferenceThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> SystemRef.parse(text))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("bad-name"));
    }
}

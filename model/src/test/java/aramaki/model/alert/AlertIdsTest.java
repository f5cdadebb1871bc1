package aramaki.model.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import aramaki.model.observation.CheckKey;
import aramaki.model.system.SystemId;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertIdsTest {
    @Test
    void aKeyIsReadBackAsItWasWritten() {
        var key = new AlertKey(CheckKey.of("shop", "web1.example.org", "http-front"));

        assertThat(key).hasToString("shop/web1.example.org/http-front");
        assertThat(AlertKey.parse(key.toString())).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shop", "shop/web1", "shop/web1/http/x", "shop//http", "//", "a/b/C"})
    void aKeyThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> AlertKey.parse(text)).isInstanceOf(Refusal.class);
    }

    @Test
    void keysAreOrderedBySystemThenEntityThenCheck() {
        assertThat(Stream.of("b/a/a", "a/b/a", "a/a/b", "a/a/a").map(AlertKey::parse).sorted())
                .map(AlertKey::toString)
                .containsExactly("a/a/a", "a/a/b", "a/b/a", "b/a/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e_",
                "e_aaaaaaaaaaaaaaa",
                "e_aaaaaaaaaaaaaaaaa",
                "e_aaaaaaaaaaaaaaa1",
                "E_aaaaaaaaaaaaaaaa",
                "e_AAAAAAAAAAAAAAAA",
                "a_aaaaaaaaaaaaaaaa",
                "e_aaaaaaaaaaaaaaaa\n"
            })
    void anEpisodeIdHasOneForm(String text) {
        assertThat(new EpisodeId("e_abcdefgh234567zz")).hasToString("e_abcdefgh234567zz");
        assertThatThrownBy(() -> new EpisodeId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSystemIdHasOneForm() {
        String id = "s_" + "a2".repeat(26);

        assertThat(new SystemId(id)).hasToString(id);
        for (String text :
                new String[] {"", "s_", id + "a", "i_" + "a2".repeat(26), "s_" + "a1".repeat(26)}) {
            assertThatThrownBy(() -> new SystemId(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theWordsOfTheStatesAreThoseOfTheContract() {
        assertThat(new AlertState.Firing().word()).isEqualTo("firing");
        assertThat(new AlertState.Resolved(Instant.EPOCH).word()).isEqualTo("resolved");
    }
}

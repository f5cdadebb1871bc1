package aramaki.model.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
    @ParameterizedTest
    @EnumSource
    void everyEventTypeIsFoundByItsWordAndSaysWhatItMeans(EventType type) {
        assertThat(EventType.ofWord(type.word())).contains(type);
        assertThat(type.word()).matches("[a-z]+\\.[a-z]+");
        assertThat(type.meaning()).endsWith(".");
    }

    @Test
    void anUnknownEventTypeIsEmpty() {
        assertThat(EventType.ofWord("cake.baked")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyEventClassIsReadBack(EventClass eventClass) {
        assertThat(EventClass.ofWord(eventClass.word())).isEqualTo(eventClass);
    }

    @Test
    void aHashIsReadBackFromItsBytes() {
        var hash = new Hash("0123456789abcdef".repeat(4));

        assertThat(Hash.of(hash.bytes())).isEqualTo(hash);
        assertThatThrownBy(() -> new Hash("0123456789ABCDEF".repeat(4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hash.of(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

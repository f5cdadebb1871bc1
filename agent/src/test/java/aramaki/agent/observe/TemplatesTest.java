package aramaki.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aramaki.model.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    private static final Templates TEMPLATES =
            new Templates(
                    Map.of(
                            "address", "192.0.2.7",
                            "port", "80",
                            "none", "",
                            "option", "--exec=/bin/sh",
                            "lines", "a\nb",
                            "nul", "a\0b",
                            "braces", "{{port}} $1 \\"));

    private static void refused(String word, String message) {
        assertThatThrownBy(() -> TEMPLATES.command(List.of("check_it", word)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(message);
    }

    @Test
    void valuesAreFilledInWhereverTheyStand() {
        assertThat(
                        TEMPLATES.command(
                                List.of("check_it", "-H", "{{address}}", "{{ address }}:{{port}}")))
                .containsExactly("check_it", "-H", "192.0.2.7", "192.0.2.7:80");
        assertThat(TEMPLATES.parameters(Map.of("url", "http://{{address}}/")))
                .isEqualTo(Map.of("url", "http://192.0.2.7/"));
    }

    @Test
    void aValueIsTextAndNoTemplate() {
        assertThat(TEMPLATES.command(List.of("check_it", "{{braces}}")))
                .containsExactly("check_it", "{{port}} $1 \\");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{option}}", "{{none}}{{option}}", "{{none}}-x", "{{ option }}"})
    void aTemplateThatBecomesAnOptionIsRefused(String word) {
        refused(word, "a value never becomes an option");
    }

    @Test
    void anOptionTheAuthorWroteMayHoldAValue() {
        assertThat(TEMPLATES.command(List.of("check_it", "--with={{option}}", "-{{port}}", "-x")))
                .containsExactly("check_it", "--with=--exec=/bin/sh", "-80", "-x");
    }

    @Test
    void aLineBreakOrNulInAValueIsRefused() {
        refused("x{{lines}}", "the value for {{lines}} holds a line break");
        refused("x{{nul}}", "the value for {{nul}} holds a line break");
    }

    @Test
    void aMissingValueIsNamed() {
        refused("{{colour}}", "there is no value for {{colour}}");
        refused("{{}}", "there is no value for {{}}");
    }

    @Test
    void theProgramIsNeverLeftToAValue() {
        assertThatThrownBy(() -> TEMPLATES.command(List.of("check_{{port}}")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("never left to a value");
        assertThatThrownBy(() -> TEMPLATES.command(List.of())).isInstanceOf(Refusal.class);
    }
}

package aramaki.cli.watch;

import static aramaki.cli.watch.Keys.Name.BACK_TAB;
import static aramaki.cli.watch.Keys.Name.DOWN;
import static aramaki.cli.watch.Keys.Name.ENTER;
import static aramaki.cli.watch.Keys.Name.ESCAPE;
import static aramaki.cli.watch.Keys.Name.OTHER;
import static aramaki.cli.watch.Keys.Name.PAGE_UP;
import static aramaki.cli.watch.Keys.Name.TAB;
import static aramaki.cli.watch.Keys.Name.TEXT;
import static aramaki.cli.watch.Keys.Name.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static List<Keys.Press> typed(String text) throws IOException {
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        var keys = new Keys(new TypedCharacters(in));
        var presses = new ArrayList<Keys.Press>();
        for (var press = keys.next(); press.isPresent(); press = keys.next()) {
            presses.add(press.get());
        }
        return presses;
    }

    private static List<Keys.Name> names(String text) throws IOException {
        return typed(text).stream().map(Keys.Press::name).toList();
    }

    @Test
    void arrowsComeInTwoForms() throws IOException {
        assertThat(names("\u001b[A\u001bOB\u001b[5~\u001b[Z\t\r"))
                .containsExactly(UP, DOWN, PAGE_UP, BACK_TAB, TAB, ENTER);
    }

    @Test
    void escapeAloneIsAKeyAndTakesNoOther() throws IOException {
        assertThat(names("\u001b\tj")).containsExactly(ESCAPE, TAB, TEXT);
        assertThat(names("\u001b")).containsExactly(ESCAPE);
    }

    @Test
    void lettersOfAnyScriptAreText() throws IOException {
        assertThat(typed("jß監")).extracting(Keys.Press::text).containsExactly("j", "ß", "監");
    }

    @Test
    void anUnknownSequenceIsOneKeyThatDoesNothing() throws IOException {
        assertThat(names("\u001b[38;5;1xq")).containsExactly(OTHER, TEXT);
    }

    @Test
    void aSequenceWithoutEndIsBounded() throws IOException {
        assertThat(names("\u001b[" + "1".repeat(500))).contains(OTHER).hasSizeLessThan(500);
    }
}

package aramaki.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import aramaki.server.seen.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Home while very much is broken: bounded rows, a constant number of queries, nothing hidden.
class HomeUnderLoadTest {
    private static final Pattern ROW = Pattern.compile("<tr data-row");

    @TempDir private Path folder;

    private static long rows(String html) {
        return ROW.matcher(html).results().count();
    }

    @Test
    void tenTimesTheAlertsAreNoMoreRowsAndNoMoreQueries() throws Exception {
        try (var load = new HomeLoad(folder)) {
            load.breakAnother();
            load.breakAnother();
            load.html(); // reads the log of before and the proposals once
            long few = load.backend.during(load::html);
            for (int i = 2; i < 20; i++) {
                load.breakAnother();
            }
            String html = load.html(); // reads the proposals again: systems have changed
            long many = load.backend.during(load::html);

            assertThat(many).isEqualTo(few).isLessThan(12);
            assertThat(load.rig.firing()).hasSize(20 * HomeLoad.PER_SYSTEM);
            assertThat(rows(html)).isLessThanOrEqualTo(HomePage.NEEDS + 15);
            // 20 systems with 10 checks at 10 hosts each are 200 lines
            assertThat(html).contains("and 175 more", "10 new</span>");
        }
    }

    @Test
    void whatIsMarkedAsSeenIsNotNewAndOfferedNoMore() throws Exception {
        try (var load = new HomeLoad(folder)) {
            load.breakAnother();
            assertThat(load.html()).contains("10 new", "100 alerts fired, 100 still firing");

            load.seen.mark(HomeLoad.ADA, List.of(new Subject.Home()), Optional.empty());
            load.clock.seconds(7200);

            assertThat(load.html())
                    .doesNotContain("10 new", "alerts fired")
                    .contains("Nothing happened.", "2 h</time>");
        }
    }

    @Test
    void quietSaysSoPlainly() throws Exception {
        try (var load = new HomeLoad(folder)) {
            assertThat(load.html()).contains("No check has run yet");
            load.rig.system("shop", "load");
            var web1 = load.rig.agent("web1", "shop");
            load.rig.report(web1, "shop", "load", "ok");
            load.seen.mark(HomeLoad.ADA, List.of(new Subject.Home()), Optional.empty());
            load.clock.seconds(14);

            assertThat(load.html())
                    .contains(
                            "The only check on 1 system is ok; nothing happened since you looked"
                                    + " 14 s ago.");
        }
    }
}

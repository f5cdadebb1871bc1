package aramaki.agent.ledger;

import aramaki.agent.ledger.Disagreement.Kind;
import aramaki.model.observation.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A ledger held against what a server has. Results are taken in the order in which the server
/// committed them; what belongs to agents the ledger does not know is none of its business.
public final class Comparison {
    private final Book book;
    private final Set<String> agents;
    private final AlertJudgement alerts;
    private final boolean gapsAllowed;
    private final List<Disagreement> found = new ArrayList<>();
    private final Map<Pages, Map<Integer, Long>> lastOfCheck = new HashMap<>();
    private final List<Seen.Gap> gaps = new ArrayList<>();
    private long results;
    private long refused;

    /// @param gapsAllowed whether a result that the server tells as a gap may be missing, such as
    ///     after a restore
    public Comparison(Book book, boolean gapsAllowed) {
        this.book = book;
        this.agents = new HashSet<>(book.agents());
        this.alerts = new AlertJudgement(book);
        this.gapsAllowed = gapsAllowed;
    }

    /// How it went.
    ///
    /// @param results that the server has of the ledger's agents
    /// @param refused of them
    /// @param gaps results that the server was told never come
    public record Outcome(
            long made,
            long acked,
            long results,
            long refused,
            long gaps,
            long alerts,
            List<Disagreement> disagreements) {}

    /// Takes one thing the server shows; results in the order of commit.
    public void take(Seen seen) {
        switch (seen) {
            case Seen.Result result when agents.contains(result.agent()) -> result(result);
            case Seen.Refusal refusal when agents.contains(refusal.agent()) -> {
                refused++;
                book.spool(refusal.agent(), refusal.epoch())
                        .ifPresent(pages -> pages.refused(refusal.seq()));
            }
            case Seen.Gap gap when agents.contains(gap.agent()) -> gaps.add(gap);
            case Seen.Result _, Seen.Refusal _, Seen.Gap _ -> {}
            case Seen.Fired fired -> alerts.fired(fired);
            case Seen.Resolved resolved -> alerts.resolved(resolved);
            case Seen.Flapped flapped -> alerts.flapped(flapped);
            case Seen.Firing firing -> alerts.firing(firing);
        }
    }

    private void result(Seen.Result result) {
        results++;
        var spool = book.spool(result.agent(), result.epoch());
        if (spool.isEmpty() || !spool.get().made(result.seq())) {
            add(Kind.INVENTED, about(result), "o_" + result.number() + " was never made");
            return;
        }
        var pages = spool.get();
        long seq = result.seq();
        if (pages.committed(seq) != 0) {
            add(
                    Kind.DOUBLE,
                    about(result),
                    "stands there as o_" + pages.number(seq) + " and as o_" + result.number());
            return;
        }
        pages.found(seq, result.number(), result.recordedAt().toEpochMilli());
        compare(pages, result);
        order(pages, result);
    }

    private void compare(Pages pages, Seen.Result result) {
        var check = book.check(pages.check(result.seq()));
        boolean same =
                check.system().equals(result.system())
                        && check.name().equals(result.check())
                        && result.entity().equals(result.agent())
                        && pages.state(result.seq()).word().equals(result.state())
                        && pages.finished(result.seq()) == result.at().toEpochMilli();
        if (!same) {
            add(
                    Kind.CHANGED,
                    about(result),
                    "made as "
                            + told(pages, result.seq())
                            + ", stands there as "
                            + result.system()
                            + "/"
                            + result.entity()
                            + "/"
                            + result.check()
                            + " "
                            + result.state()
                            + " at "
                            + result.at());
        }
    }

    private void order(Pages pages, Seen.Result result) {
        var last = lastOfCheck.computeIfAbsent(pages, _ -> new HashMap<>());
        int check = pages.check(result.seq());
        long before = last.getOrDefault(check, 0L);
        if (before > result.seq()) {
            add(
                    Kind.ORDER,
                    about(result),
                    "o_"
                            + result.number()
                            + " stands behind result "
                            + before
                            + " of the same check, o_"
                            + pages.number(before));
        }
        last.put(check, Math.max(before, result.seq()));
    }

    /// What came of it, once everything was taken.
    public Outcome outcome() {
        var all = new ArrayList<>(found);
        for (var pages : book.spools()) {
            missing(pages, all);
        }
        all.addAll(alerts.disagreements());
        return new Outcome(
                book.made(),
                book.acked(),
                results,
                refused,
                gaps.stream().mapToLong(gap -> gap.to() - gap.from() + 1).sum(),
                alerts.count(),
                all);
    }

    private void missing(Pages pages, List<Disagreement> all) {
        for (long seq = pages.first(); seq <= pages.last() && pages.last() > 0; seq++) {
            boolean gone = pages.made(seq) && pages.committed(seq) == 0 && !pages.isRefused(seq);
            if (gone) {
                boolean told = told(pages.agent(), pages.epoch(), seq);
                if (!told || !gapsAllowed) {
                    all.add(
                            new Disagreement(
                                    Kind.MISSING,
                                    about(pages.agent(), pages.epoch(), seq),
                                    (pages.isAcked(seq) ? "acknowledged" : "made")
                                            + (pages.inGap(seq) ? ", given up by its agent" : "")
                                            + (told ? ", told as a gap" : "")
                                            + " and not there: "
                                            + told(pages, seq)));
                }
            }
        }
    }

    private boolean told(String agent, String epoch, long seq) {
        return gaps.stream()
                .anyMatch(
                        g ->
                                g.agent().equals(agent)
                                        && g.epoch().equals(epoch)
                                        && g.from() <= seq
                                        && seq <= g.to());
    }

    private void add(Kind kind, String about, String what) {
        found.add(new Disagreement(kind, about, what));
    }

    private static String about(Seen.Result result) {
        return about(result.agent(), result.epoch(), result.seq());
    }

    private static String about(String agent, String epoch, long seq) {
        return agent + " spool " + epoch + " result " + seq;
    }

    private String told(Pages pages, long seq) {
        var check = book.check(pages.check(seq));
        State state = pages.state(seq);
        return check.system()
                + "/"
                + pages.agent()
                + "/"
                + check.name()
                + " "
                + state.word()
                + " at "
                + Instant.ofEpochMilli(pages.finished(seq));
    }
}

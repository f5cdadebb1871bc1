package aramaki.agent.ledger;

import aramaki.model.Refusal;
import aramaki.model.observation.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// What a ledger says of one spool, and what was found of it. In arrays, since an hour of simulated
/// agents makes millions.
final class Pages {
    private static final State[] STATES = State.values();

    /// From one seq to another, both included.
    record Span(long from, long to) {
        boolean holds(long seq) {
            return from <= seq && seq <= to;
        }
    }

    private final String agent;
    private final String epoch;
    private final List<Span> gaps = new ArrayList<>();
    private final BitSet refused = new BitSet();
    private long base = -1;
    private int size;
    private long count;
    private long acked;
    private int[] checks = new int[0]; // 0: nothing was made there
    private byte[] states = new byte[0];
    private long[] finished = new long[0];
    private long[] committed = new long[0]; // 0: not found
    private long[] numbers = new long[0];

    Pages(String agent, String epoch) {
        this.agent = agent;
        this.epoch = epoch;
    }

    String agent() {
        return agent;
    }

    String epoch() {
        return epoch;
    }

    void made(Line.Made made) {
        if (base < 0) {
            base = made.seq();
        }
        int at = Math.toIntExact(made.seq() - base);
        if (at < 0) {
            throw Refusal.invalid(
                    "bad-ledger", "result " + made.seq() + " stands behind a later one");
        }
        grow(at + 1);
        count += checks[at] == 0 ? 1 : 0;
        checks[at] = made.check();
        states[at] = (byte) made.state().ordinal();
        finished[at] = made.finished();
    }

    private void grow(int wanted) {
        size = Math.max(size, wanted);
        if (wanted > checks.length) {
            int room = Math.max(64, wanted + wanted / 2);
            checks = Arrays.copyOf(checks, room);
            states = Arrays.copyOf(states, room);
            finished = Arrays.copyOf(finished, room);
            committed = Arrays.copyOf(committed, room);
            numbers = Arrays.copyOf(numbers, room);
        }
    }

    void acked(long seq) {
        acked = Math.max(acked, seq);
    }

    void gap(long from, long to) {
        gaps.add(new Span(from, to));
    }

    void refused(long seq) {
        if (made(seq)) {
            refused.set(index(seq));
        }
    }

    long count() {
        return count;
    }

    long countAcked() {
        long known = 0;
        for (int at = 0; at < size && base + at <= acked; at++) {
            known += checks[at] == 0 ? 0 : 1;
        }
        return known;
    }

    /// When its first result was made.
    long begun() {
        return size == 0 ? 0 : finished[0];
    }

    long first() {
        return base;
    }

    /// The last seq that was made; 0 before the first.
    long last() {
        return size == 0 ? 0 : base + size - 1;
    }

    boolean made(long seq) {
        return size > 0 && seq >= base && seq <= last() && checks[index(seq)] != 0;
    }

    boolean isAcked(long seq) {
        return seq <= acked;
    }

    boolean isRefused(long seq) {
        return refused.get(index(seq));
    }

    /// Whether the agent itself gave it up.
    boolean inGap(long seq) {
        return gaps.stream().anyMatch(gap -> gap.holds(seq));
    }

    int check(long seq) {
        return checks[index(seq)];
    }

    State state(long seq) {
        return STATES[states[index(seq)]];
    }

    long finished(long seq) {
        return finished[index(seq)];
    }

    /// When the server committed it; 0 when it is not there.
    long committed(long seq) {
        return committed[index(seq)];
    }

    /// Its number at the server.
    long number(long seq) {
        return numbers[index(seq)];
    }

    void found(long seq, long number, long at) {
        committed[index(seq)] = at;
        numbers[index(seq)] = number;
    }

    private int index(long seq) {
        return Math.toIntExact(seq - base);
    }
}

package aramaki.model.observation;

/// Whether a check changes its state so often that each change alone says little, from its last 20
/// results. A newer change weighs more. It begins above 30 % and ends only at 25 %, so that a check
/// between the two does not flap in and out of flapping. Pure: no clock, no store.
///
/// @param changes one bit per result, the newest lowest: whether it had another state than the one
///     before
/// @param now whether it counts as flapping
public record Flapping(int changes, boolean now) {
    public static final Flapping NONE = new Flapping(0, false);

    /// So many results are looked at.
    public static final int RESULTS = 20;

    private static final double HIGH = 30;
    private static final double LOW = 25;
    private static final double OLDEST = 0.8;
    private static final double NEWEST = 1.15;
    private static final int MASK = (1 << RESULTS) - 1;

    /// After one more result.
    public Flapping next(boolean changed) {
        int bits = (changes << 1 | (changed ? 1 : 0)) & MASK;
        double percent = percent(bits);
        return new Flapping(bits, now ? percent > LOW : percent > HIGH);
    }

    /// How many of the results changed the state.
    public int count() {
        return Integer.bitCount(changes);
    }

    /// The weighted share of results that changed the state.
    public double percent() {
        return percent(changes);
    }

    private static double percent(int bits) {
        double sum = 0;
        for (int age = 0; age < RESULTS; age++) {
            if ((bits >> age & 1) == 1) {
                sum += NEWEST - (NEWEST - OLDEST) * age / (RESULTS - 1);
            }
        }
        return 100 * sum / RESULTS;
    }
}

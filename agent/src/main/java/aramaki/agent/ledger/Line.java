package aramaki.agent.ledger;

import aramaki.model.Refusal;
import aramaki.model.observation.State;

/// One line of a ledger. Checks and spools are introduced once and then go by their numbers, which
/// begin at 1.
sealed interface Line {
    /// The first line of every ledger.
    String HEADER = "aramaki-ledger 1";

    /// A process began to write.
    ///
    /// @param ttlMillis the longest time that a check may be silent, for the checks of this run
    record Run(long at, long ttlMillis) implements Line {
        @Override
        public String text() {
            return "run " + at + " " + ttlMillis;
        }
    }

    record Check(int number, String system, String name) implements Line {
        @Override
        public String text() {
            return "check " + number + " " + system + " " + name;
        }
    }

    record Spool(int number, String agent, String epoch) implements Line {
        @Override
        public String text() {
            return "spool " + number + " " + agent + " " + epoch;
        }
    }

    /// On the agent's disk, and not sent yet.
    record Made(int spool, long seq, int check, State state, long finished) implements Line {
        @Override
        public String text() {
            return "made " + spool + " " + seq + " " + check + " " + state.word() + " " + finished;
        }
    }

    /// The server said that it has everything up to there.
    record Acked(int spool, long seq, long at) implements Line {
        @Override
        public String text() {
            return "acked " + spool + " " + seq + " " + at;
        }
    }

    /// The agent told the server that these will never come.
    record Gap(int spool, long from, long to) implements Line {
        @Override
        public String text() {
            return "gap " + spool + " " + from + " " + to;
        }
    }

    String text();

    static Line parse(String text) {
        String[] w = text.split(" ", -1);
        try {
            return switch (w[0] + " " + (w.length - 1)) {
                case "run 2" -> new Run(Long.parseLong(w[1]), Long.parseLong(w[2]));
                case "check 3" -> new Check(Integer.parseInt(w[1]), w[2], w[3]);
                case "spool 3" -> new Spool(Integer.parseInt(w[1]), w[2], w[3]);
                case "made 5" ->
                        new Made(
                                Integer.parseInt(w[1]),
                                Long.parseLong(w[2]),
                                Integer.parseInt(w[3]),
                                State.ofWord(w[4]),
                                Long.parseLong(w[5]));
                case "acked 3" ->
                        new Acked(
                                Integer.parseInt(w[1]), Long.parseLong(w[2]), Long.parseLong(w[3]));
                case "gap 3" ->
                        new Gap(Integer.parseInt(w[1]), Long.parseLong(w[2]), Long.parseLong(w[3]));
                default -> throw wrong(text);
            };
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    private static Refusal wrong(String text) {
        return Refusal.invalid("bad-ledger", "this is no line of a ledger: " + text);
    }
}

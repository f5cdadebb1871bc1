package aramaki.cli.watch;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What is typed, as characters of UTF-8, with a way to wait only briefly for the next.
final class TypedCharacters implements Keys.Source {
    private static final int STEP_MILLIS = 5;
    private static final int REPLACEMENT = 0xFFFD;

    private final InputStream in;

    TypedCharacters(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(long millis) throws IOException {
        for (long left = millis; left > 0 && in.available() == 0; left -= STEP_MILLIS) {
            if (left <= STEP_MILLIS || interrupted()) {
                return TIMEOUT;
            }
        }
        int first = in.read();
        return first < 0x80 ? first : character(first);
    }

    private int character(int first) throws IOException {
        int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
        int c = first & (more == 3 ? 0x07 : more == 2 ? 0x0F : 0x1F);
        for (int i = 0; i < more; i++) {
            int next = in.read();
            if ((next & 0xC0) != 0x80) {
                return REPLACEMENT;
            }
            c = c << 6 | next & 0x3F;
        }
        return more > 0 && Character.isValidCodePoint(c) ? c : REPLACEMENT;
    }

    private static boolean interrupted() {
        try {
            return new Semaphore(0).tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}

package aramaki.server.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Short reads for assertions, with a type that AssertJ can tell apart.
public final class Look {
    private Look() {}

    public static <T> List<T> list(Store store, Function<Tx, List<T>> work) {
        return store.read(work);
    }

    public static <T> Optional<T> maybe(Store store, Function<Tx, Optional<T>> work) {
        return store.read(work);
    }
}

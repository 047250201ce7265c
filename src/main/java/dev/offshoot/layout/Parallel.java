package dev.offshoot.layout;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The same work for many independent items, on all cores when it is worth it. Results stand in the order of the items. */
final class Parallel {
    /** Few: a record may be a page with all its widgets. */
    private static final int WORTH_IT = 8;

    private Parallel() {}

    static <T> void forEach(List<T> items, Consumer<T> work) {
        if (items.size() < WORTH_IT) {
            items.forEach(work);
        } else {
            items.parallelStream().forEach(work);
        }
    }

    static <T, R> List<R> map(List<T> items, Function<T, R> work) {
        return items.size() < WORTH_IT
                ? items.stream().map(work).toList()
                : items.parallelStream().map(work).toList();
    }
}

package dev.offshoot.service;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Values that never change, by a key that names them for ever (an object name). Bounded by their weight; what was not used for
 * longest goes first. Safe for use by many threads.
 */
final class BoundedCache<K, V> {
    private final long maxWeight;
    private final long heaviest;
    private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>(256, 0.75f, true);
    private long weight;

    private record Entry<V>(V value, long weight) {}

    /** A cache of many small values: what weighs an eighth of it is not kept. */
    BoundedCache(long maxWeight) {
        this(maxWeight, maxWeight / 8);
    }

    /** @param heaviest what weighs more is not kept: one giant must not push everything else out */
    BoundedCache(long maxWeight, long heaviest) {
        this.maxWeight = maxWeight;
        this.heaviest = heaviest;
    }

    long heaviest() {
        return heaviest;
    }

    synchronized Optional<V> find(K key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    synchronized void remove(K key) {
        Entry<V> old = entries.remove(key);
        weight -= old == null ? 0 : old.weight();
    }

    synchronized void put(K key, V value, long valueWeight) {
        if (valueWeight > heaviest) {
            return;
        }
        Entry<V> old = entries.put(key, new Entry<>(value, valueWeight));
        weight += valueWeight - (old == null ? 0 : old.weight());
        Iterator<Map.Entry<K, Entry<V>>> oldest = entries.entrySet().iterator();
        while (weight > maxWeight && oldest.hasNext()) {
            weight -= oldest.next().getValue().weight();
            oldest.remove();
        }
    }
}

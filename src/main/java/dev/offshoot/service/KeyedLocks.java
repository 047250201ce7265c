package dev.offshoot.service;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Locks by key, first come first served. A fixed number of them: two keys may share one, which costs time, nothing else. */
final class KeyedLocks {
    private final Lock[] locks = new Lock[1024];

    KeyedLocks() {
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new ReentrantLock(true);
        }
    }

    Lock of(String key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return locks[hash >>> 22];
    }
}

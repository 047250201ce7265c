package dev.offshoot.testing;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Damages documents as hand edits, other tools and bad luck do: members lost, rows doubled or swapped, lists shuffled, names that hurt, ids that
 * point elsewhere. The same seed does the same damage.
 */
public final class Damage {
    private final Random random;
    private final Gen gen;
    private final List<JsonValue> others = new ArrayList<>();

    private Damage(long seed) {
        this.random = new Random(seed);
        this.gen = new Gen(seed);
    }

    /** A document with some damage; always an object. */
    public static JsonObject done(JsonObject document, long seed) {
        Damage damage = new Damage(seed);
        JsonObject result = document;
        damage.collect(document);
        for (int times = 1 + damage.random.nextInt(20); times > 0; times--) {
            result = (JsonObject) damage.descend(result);
        }
        return result;
    }

    private void collect(JsonValue value) {
        others.add(value);
        if (value instanceof JsonObject o) {
            o.forEach((k, v) -> collect(v));
        } else if (value instanceof JsonArray a) {
            a.forEach(this::collect);
        }
    }

    /** Hurts something below an object, as often near the root as far from it; the object itself stays one. */
    private JsonValue descend(JsonObject o) {
        if (o.isEmpty()) {
            return o;
        }
        String key = o.key(random.nextInt(o.size()));
        return o.with(key, here(o.get(key).orElseThrow()));
    }

    private JsonValue here(JsonValue value) {
        if (random.nextInt(4) == 0) {
            return hurt(value);
        }
        if (value instanceof JsonObject o && !o.isEmpty()) {
            return descend(o);
        }
        if (value instanceof JsonArray a && a.size() > 0) {
            int at = random.nextInt(a.size());
            return a.with(at, here(a.get(at)));
        }
        return hurt(value);
    }

    private JsonValue hurt(JsonValue value) {
        if (value instanceof JsonObject o && !o.isEmpty()) {
            return hurt(o);
        }
        if (value instanceof JsonArray a && a.size() > 0) {
            return hurt(a);
        }
        return switch (random.nextInt(6)) {
            case 0 -> JsonNull.NULL;
            case 1 -> new JsonString(gen.string());
            case 2 -> new JsonString("@{" + gen.word() + "}");
            case 3 -> others.get(random.nextInt(others.size()));
            case 4 -> gen.value(6);
            default -> value instanceof JsonString s ? new JsonString(s.value() + gen.pick(Gen.NASTY)) : gen.value(2);
        };
    }

    private JsonValue hurt(JsonObject o) {
        String key = o.key(random.nextInt(o.size()));
        return switch (random.nextInt(6)) {
            case 0 -> o.without(key);
            case 1 -> o.with(gen.pick(Gen.NASTY), gen.value(4));
            case 2 -> o.with(key, others.get(random.nextInt(others.size())));
            case 3 -> o.with(key, hurt(JsonNull.NULL));
            case 4 -> {
                String other = o.key(random.nextInt(o.size()));
                JsonValue one = o.get(key).orElseThrow();
                yield o.with(key, o.get(other).orElseThrow()).with(other, one);
            }
            default -> JsonNull.NULL;
        };
    }

    private JsonValue hurt(JsonArray a) {
        List<JsonValue> items = new ArrayList<>(a.items());
        int at = random.nextInt(items.size());
        switch (random.nextInt(6)) {
            case 0 -> items.remove(at);
            case 1 -> items.add(random.nextInt(items.size() + 1), items.get(at));
            case 2 -> Collections.shuffle(items, random);
            case 3 -> items.set(at, others.get(random.nextInt(others.size())));
            case 4 -> items.add(at, gen.value(4));
            default -> {
                if (items.get(at) instanceof JsonObject row && !row.isEmpty()) {
                    items.add(hurt(row));
                } else {
                    Collections.reverse(items);
                }
            }
        }
        return JsonArray.of(items);
    }
}

package dev.offshoot.format;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;

/**
 * How much a reader accepts before it refuses. Depth also protects everything that walks a value by recursion.
 *
 * @param maxBytes size of the text
 * @param maxDepth nesting of objects and arrays; {@code [1]} has depth 1
 * @param maxValues values of any kind, counted over the whole text
 * @param maxStringLength UTF-16 units in one string or key
 * @param maxNumberLength characters of one number literal
 */
public record Limits(int maxBytes, int maxDepth, int maxValues, int maxStringLength, int maxNumberLength) {
    private static final int DEEPEST = 1_000;

    public static final Limits DEFAULT = new Limits(64 << 20, 512, 8_000_000, 32 << 20, 1_000);

    public Limits {
        if (maxBytes < 1 || maxDepth < 1 || maxValues < 1 || maxStringLength < 1 || maxNumberLength < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
        if (maxDepth > DEEPEST) {
            throw new IllegalArgumentException("values are walked by recursion: at most " + DEEPEST + " levels");
        }
    }

    public Limits withMaxBytes(int bytes) {
        return new Limits(bytes, maxDepth, maxValues, maxStringLength, maxNumberLength);
    }

    public Limits withMaxDepth(int depth) {
        return new Limits(maxBytes, depth, maxValues, maxStringLength, maxNumberLength);
    }

    public Limits withMaxValues(int values) {
        return new Limits(maxBytes, maxDepth, values, maxStringLength, maxNumberLength);
    }

    void checkBytes(long size, String where) {
        if (size > maxBytes) {
            throw new Failure(tooLarge(where));
        }
    }

    Problem tooLarge(String where) {
        return new Problem(
                Reason.BODY_TOO_LARGE,
                where,
                "the text is larger than the limit of " + maxBytes + " bytes",
                "send less at once, or raise the size limit of this instance");
    }

    Problem tooDeep(String where) {
        return exceeded(where, "objects and arrays are nested deeper than the limit of " + maxDepth + " levels");
    }

    Problem tooMany(String where) {
        return exceeded(where, "the text holds more than the limit of " + maxValues + " values");
    }

    Problem stringTooLong(String where) {
        return exceeded(where, "a string is longer than the limit of " + maxStringLength + " characters");
    }

    Problem numberTooLong(String where) {
        return exceeded(where, "a number is longer than the limit of " + maxNumberLength + " characters");
    }

    private static Problem exceeded(String where, String message) {
        return Problem.of(Reason.LIMIT_EXCEEDED, where, message);
    }
}

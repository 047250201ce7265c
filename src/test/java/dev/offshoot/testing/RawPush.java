package dev.offshoot.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** A push as bytes: what no Git client would send. */
public final class RawPush {
    public static final String NONE = "0".repeat(40);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean first = true;

    /** Asks to move a ref. */
    public RawPush command(String from, String to, String ref) {
        String line = from + " " + to + " " + ref + (first ? "\0 report-status side-band-64k\n" : "\n");
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(String.format("%04x", bytes.length + 4).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
        first = false;
        return this;
    }

    /** Ends the commands; what follows is taken as a pack. */
    public byte[] then(byte[] pack) {
        out.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(pack);
        return out.toByteArray();
    }

    /**
     * A pack with a right checksum around anything.
     *
     * @param count how many objects it claims to have
     */
    public static byte[] pack(int count, byte[]... objects) {
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        pack.writeBytes(new byte[] {'P', 'A', 'C', 'K', 0, 0, 0, 2});
        pack.writeBytes(new byte[] {(byte) (count >>> 24), (byte) (count >>> 16), (byte) (count >>> 8), (byte) count});
        for (byte[] object : objects) {
            pack.writeBytes(object);
        }
        byte[] body = pack.toByteArray();
        try {
            pack.writeBytes(MessageDigest.getInstance("SHA-1").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return pack.toByteArray();
    }

    /** A blob that claims to be of some size. */
    public static byte[] blob(long size, byte[] content) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        header(object, 3, size);
        object.writeBytes(deflated(content));
        return object.toByteArray();
    }

    /** The begin of a pack with one blob, up to where its content would stand, not deflated. */
    public static byte[] beginOfPack(long size) {
        ByteArrayOutputStream pack = new ByteArrayOutputStream();
        pack.writeBytes(new byte[] {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, 1});
        header(pack, 3, size);
        pack.writeBytes(new byte[] {0x78, 1, 0, (byte) 0xff, (byte) 0xff, 0, 0});
        return pack.toByteArray();
    }

    /** A delta against an object that is there, which claims to make something of a size and repeats the start of its base for it. */
    public static byte[] delta(String base, int baseSize, long result, int copies) {
        ByteArrayOutputStream delta = new ByteArrayOutputStream();
        varint(delta, baseSize);
        varint(delta, result);
        for (int i = 0; i < copies; i++) {
            delta.writeBytes(new byte[] {(byte) 0b1001_0000, (byte) Math.min(baseSize, 255)});
        }
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        header(object, 7, delta.size());
        object.writeBytes(HexFormat.of().parseHex(base));
        object.writeBytes(deflated(delta.toByteArray()));
        return object.toByteArray();
    }

    private static void header(ByteArrayOutputStream object, int type, long size) {
        long rest = size >>> 4;
        object.write((int) (type << 4 | size & 15 | (rest > 0 ? 128 : 0)));
        while (rest > 0) {
            object.write((int) (rest & 127 | (rest > 127 ? 128 : 0)));
            rest >>>= 7;
        }
    }

    private static void varint(ByteArrayOutputStream to, long value) {
        long rest = value;
        do {
            to.write((int) (rest & 127 | (rest > 127 ? 128 : 0)));
            rest >>>= 7;
        } while (rest > 0);
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}

package dev.offshoot.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The few files that pages load, from the class path. They are open to all: they say nothing about anybody. */
final class Assets {
    /** A file with its content and the tag that names it. */
    private record Asset(Link place, String type, byte[] bytes, String tag) {}

    static final Link STYLE = new Link("/assets/page.css");
    static final Link SCRIPT = new Link("/assets/page.js");
    static final Link ICON = new Link("/assets/icon.svg");

    void addTo(RoutesConfig routes) {
        serve(routes, load(STYLE, "text/css; charset=utf-8"));
        serve(routes, load(SCRIPT, "text/javascript; charset=utf-8"));
        serve(routes, load(ICON, "image/svg+xml"));
    }

    static boolean isOne(String path) {
        return Arrays.asList(STYLE.value(), SCRIPT.value(), ICON.value()).contains(path);
    }

    private static void serve(RoutesConfig routes, Asset asset) {
        routes.get(asset.place().value(), ctx -> answer(ctx, asset));
    }

    private static void answer(Context ctx, Asset asset) {
        ctx.header("ETag", asset.tag()).header("Cache-Control", "no-cache");
        if (asset.tag().equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
        } else {
            ctx.contentType(asset.type()).result(asset.bytes());
        }
    }

    private static Asset load(Link place, String type) {
        String name = place.value().substring(place.value().lastIndexOf('/') + 1);
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            byte[] bytes = in.readAllBytes();
            return new Asset(place, type, bytes, "\"" + hash(bytes) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}

package dev.offshoot.http;

import dev.offshoot.format.JsonObject;
import dev.offshoot.service.UseCases;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Locale;

/** For whoever keeps the process running: the only routes without a token. */
final class HealthRoutes {
    private final UseCases use;

    HealthRoutes(UseCases use) {
        this.use = use;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/health/live", this::live);
        routes.get("/health/ready", this::ready);
    }

    private void live(Context ctx) {
        Answers.json(ctx, 200, JsonObject.builder().put("status", "live").build());
    }

    private void ready(Context ctx) {
        use.checkHealth().run();
        String vault = use.checkHealth().secrets().name().toLowerCase(Locale.ROOT);
        Answers.json(
                ctx,
                200,
                JsonObject.builder().put("status", "ready").put("vault", vault).build());
    }
}

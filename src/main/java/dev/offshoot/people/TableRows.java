package dev.offshoot.people;

import dev.offshoot.format.JsonArray;
import dev.offshoot.format.JsonBoolean;
import dev.offshoot.format.JsonNull;
import dev.offshoot.format.JsonNumber;
import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** All rows of all tables as JSON, and back, within one transaction. Which columns there are, and of which types, the tables say. */
final class TableRows {
    /** In an order in which each row finds those it refers to. */
    private static final List<String> TABLES =
            List.of("account", "membership", "team", "team_member", "token", "audit");

    private final Handle handle;

    TableRows(Handle handle) {
        this.handle = handle;
    }

    JsonObject read() {
        JsonObject.Builder all = JsonObject.builder();
        for (String table : TABLES) {
            all.put(
                    table,
                    JsonArray.of(handle.createQuery("SELECT * FROM " + table)
                            .map((row, context) -> row(row))
                            .list()));
        }
        return all.build();
    }

    private static JsonObject row(ResultSet row) throws SQLException {
        JsonObject.Builder json = JsonObject.builder();
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            json.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), value(row, i, Type.of(columns, i)));
        }
        return json.build();
    }

    private static JsonValue value(ResultSet row, int column, Type type) throws SQLException {
        if (row.getObject(column) == null) {
            return JsonNull.NULL;
        }
        return switch (type) {
            case FLAG -> JsonValue.of(row.getBoolean(column));
            case NUMBER -> JsonValue.of(row.getLong(column));
            case TIME -> JsonValue.of(row.getTimestamp(column).toInstant().toString());
            case ID -> JsonValue.of(row.getObject(column, UUID.class).toString());
            case TEXT -> JsonValue.of(row.getString(column));
        };
    }

    private enum Type {
        ID,
        TEXT,
        FLAG,
        NUMBER,
        TIME;

        static Type of(ResultSetMetaData columns, int column) throws SQLException {
            String name = columns.getColumnTypeName(column).toLowerCase(Locale.ROOT);
            if (name.contains("uuid")) {
                return ID;
            }
            if (name.contains("char")) {
                return TEXT;
            }
            if (name.contains("bool")) {
                return FLAG;
            }
            return name.contains("time") ? TIME : NUMBER;
        }
    }

    void write(JsonObject tables) {
        tables.keys().stream()
                .filter(name -> !TABLES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw wrong("/" + name, "there is no such table");
                });
        for (String table : TABLES) {
            Map<String, Type> columns = columns(table);
            for (JsonValue row : tables.array(table).orElseThrow(() -> wrong("/" + table, "the table is missing"))) {
                insert(table, columns, row);
            }
        }
        long next = handle.createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM audit")
                .mapTo(Long.class)
                .one();
        handle.execute("ALTER TABLE audit ALTER COLUMN number RESTART WITH " + next);
    }

    private Map<String, Type> columns(String table) {
        return handle.createQuery("SELECT * FROM " + table + " WHERE 1 = 0").scanResultSet((rows, context) -> {
            ResultSetMetaData found = rows.get().getMetaData();
            Map<String, Type> columns = new LinkedHashMap<>();
            for (int i = 1; i <= found.getColumnCount(); i++) {
                columns.put(found.getColumnName(i).toLowerCase(Locale.ROOT), Type.of(found, i));
            }
            return columns;
        });
    }

    private void insert(String table, Map<String, Type> columns, JsonValue row) {
        if (!(row instanceof JsonObject object) || !columns.keySet().equals(new HashSet<>(object.keys()))) {
            throw wrong("/" + table, "a row has other columns than " + String.join(", ", columns.keySet()));
        }
        List<Object> values = new ArrayList<>();
        columns.forEach((name, type) ->
                values.add(value(table, name, type, object.get(name).orElseThrow())));
        String sql = "INSERT INTO " + table + " (" + String.join(", ", columns.keySet()) + ")"
                + (table.equals("audit") ? " OVERRIDING SYSTEM VALUE" : "")
                + " VALUES (" + columns.keySet().stream().map(c -> "?").collect(Collectors.joining(", ")) + ")";
        try {
            handle.execute(sql, values.toArray());
        } catch (UnableToExecuteStatementException e) {
            throw wrong("/" + table, "a row does not fit");
        }
    }

    private static Object value(String table, String column, Type type, JsonValue json) {
        if (json instanceof JsonNull) {
            return null;
        }
        try {
            return switch (type) {
                case FLAG -> ((JsonBoolean) json).value();
                case NUMBER -> Long.valueOf(((JsonNumber) json).literal());
                case TIME -> Timestamp.from(Instant.parse(((JsonString) json).value()));
                case ID -> UUID.fromString(((JsonString) json).value());
                case TEXT -> ((JsonString) json).value();
            };
        } catch (ClassCastException | IllegalArgumentException | DateTimeException e) {
            throw wrong("/" + table, "not a value for " + column);
        }
    }

    static Failure wrong(String where, String what) {
        return Failure.of(Reason.INVALID_ARCHIVE, "people" + where, what, "use another backup");
    }
}

package dev.offshoot.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The folders around a file, innermost first, and how addresses are written and read from there. A reference starts at the innermost
 * folder that holds the target and one of whose child folders is its first segment: {@code components/form1} on the same page,
 * {@code queries/list} anywhere in the version. {@code .} is the file's own record, {@code .^} the folder around it, {@code /} the platform's folder.
 */
final class Scope {
    /** A folder of a definition and the names its direct children can have. */
    record Folder(String address, Set<String> children) {}

    private final String root;
    private final String own;
    private final List<Folder> folders;
    private final Map<String, String> written = new HashMap<>();

    Scope(String root, String own, List<Folder> folders) {
        this.root = root;
        this.own = own;
        this.folders = List.copyOf(folders);
    }

    /** Address of the record the file belongs to. */
    String own() {
        return own;
    }

    /** How an address is written from here. */
    String write(String address) {
        return written.computeIfAbsent(address, this::compute);
    }

    private String compute(String address) {
        if (address.equals(own)) {
            return ".";
        }
        StringBuilder up = new StringBuilder(".");
        for (Folder folder : folders) {
            if (!folder.address().equals(own)) {
                up.append('^');
                if (folder.address().equals(address)) {
                    return up.toString();
                }
            }
        }
        for (Folder folder : folders) {
            if (address.startsWith(folder.address())
                    && address.length() > folder.address().length()) {
                char next = address.charAt(folder.address().length());
                String rest = address.substring(folder.address().length() + 1);
                if (next == '/' && folder.children().contains(first(rest))) {
                    return rest;
                }
            }
        }
        return address.substring(root.length());
    }

    private static String first(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '/' || path.charAt(i) == '#') {
                return path.substring(0, i);
            }
        }
        return path;
    }

    /** The address that a reference means; empty when nothing here can be meant. */
    Optional<String> read(String reference) {
        if (reference.startsWith("/")) {
            return Optional.of(root + reference);
        }
        if (reference.startsWith(".")) {
            return up(reference);
        }
        String first = first(reference);
        for (Folder folder : folders) {
            if (folder.children().contains(first)) {
                return Optional.of(folder.address() + "/" + reference);
            }
        }
        return Optional.empty();
    }

    private Optional<String> up(String reference) {
        int carets = reference.length() - 1;
        for (int i = 1; i < reference.length(); i++) {
            if (reference.charAt(i) != '^') {
                return Optional.empty();
            }
        }
        if (carets == 0) {
            return Optional.of(own);
        }
        List<Folder> around = new ArrayList<>(folders);
        around.removeIf(f -> f.address().equals(own));
        return carets <= around.size() ? Optional.of(around.get(carets - 1).address()) : Optional.empty();
    }
}

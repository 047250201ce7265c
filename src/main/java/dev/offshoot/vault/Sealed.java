package dev.offshoot.vault;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Secret;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A secret under a key: AES-256-GCM with a random nonce, bound to workspace, address and field, so that one that was moved elsewhere
 * does not open.
 */
record Sealed(KeyId key, byte[] nonce, byte[] content) {
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    static Sealed of(Secret secret, VaultKey key, UUID workspace, SecretName name, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
            return new Sealed(
                    key.id(),
                    nonce,
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, workspace, name).doFinal(plain));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** @return empty when key, place or content are not those of the sealing */
    Optional<Secret> open(VaultKey with, UUID workspace, SecretName name) {
        try {
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE, with, nonce, workspace, name).doFinal(content);
            return Optional.of(Secret.of(new String(plain, StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | Failure e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, VaultKey key, byte[] nonce, UUID workspace, SecretName name)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(place(workspace, name));
        return cipher;
    }

    /** Each part with its length before it: no two places read the same. */
    private static byte[] place(UUID workspace, SecretName name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            boolean withId = name.owner().record().isPresent();
            List<String> parts = new ArrayList<>(List.of(
                    withId ? "offshoot vault 2" : "offshoot vault 1",
                    workspace.toString(),
                    name.address().value(),
                    name.field().value()));
            name.owner().record().ifPresent(id -> parts.add(id.value()));
            for (String part : parts) {
                byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        } catch (IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return "sealed with " + key;
    }
}

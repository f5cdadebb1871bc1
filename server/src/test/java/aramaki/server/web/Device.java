package aramaki.server.web;

import aramaki.protocol.Json;
import aramaki.protocol.crypto.Base64Url;
import aramaki.protocol.crypto.Digests;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/// An authenticator with a key of its own that answers whatever a test wants it to: also what no
/// browser would let through.
final class Device {
    private static final int THERE = 1;
    private static final int VERIFIED = 4;
    private static final int WITH_KEY = 0x40;

    private final KeyPair keys;
    private final byte[] id = new byte[16];
    private String handle = "";
    int count;
    String origin;
    String host = "localhost";
    boolean verified = true;

    Device(String origin) {
        this.origin = origin;
        new SecureRandom().nextBytes(id);
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Claims to be the device that another one is.
    void pretendsToBe(Device other) {
        System.arraycopy(other.id, 0, id, 0, id.length);
        handle = other.handle;
    }

    JsonNode create(JsonNode options) {
        handle = options.path("user").path("id").asText();
        var response = Json.mapper().createObjectNode();
        response.put("clientDataJSON", clientData("webauthn.create", options));
        var object = new ByteArrayOutputStream();
        object.writeBytes(new byte[] {(byte) 0xA3, 0x63});
        object.writeBytes(ascii("fmt"));
        object.write(0x64);
        object.writeBytes(ascii("none"));
        object.write(0x67);
        object.writeBytes(ascii("attStmt"));
        object.writeBytes(new byte[] {(byte) 0xA0, 0x68});
        object.writeBytes(ascii("authData"));
        byte[] data = data(WITH_KEY, key());
        object.writeBytes(new byte[] {0x58, (byte) data.length});
        object.writeBytes(data);
        response.put("attestationObject", Base64Url.encode(object.toByteArray()));
        return credential(response);
    }

    JsonNode get(JsonNode options) {
        count++;
        byte[] data = data(0, new byte[0]);
        String client = clientData("webauthn.get", options);
        var response = Json.mapper().createObjectNode();
        response.put("clientDataJSON", client);
        response.put("authenticatorData", Base64Url.encode(data));
        response.put("userHandle", handle);
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(Digests.sha256(Base64Url.decode(client)));
            response.put("signature", Base64Url.encode(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return credential(response);
    }

    private ObjectNode credential(ObjectNode response) {
        var credential = Json.mapper().createObjectNode();
        credential.put("id", Base64Url.encode(id)).put("type", "public-key");
        credential.set("response", response);
        credential.putObject("clientExtensionResults");
        return credential;
    }

    private String clientData(String type, JsonNode options) {
        var data =
                Json.mapper()
                        .createObjectNode()
                        .put("type", type)
                        .put("challenge", options.path("challenge").asText())
                        .put("origin", origin)
                        .put("crossOrigin", false);
        return Base64Url.encode(Json.bytes(data));
    }

    private byte[] data(int flags, byte[] more) {
        return ByteBuffer.allocate(37 + more.length)
                .put(Digests.sha256(host.getBytes(StandardCharsets.UTF_8)))
                .put((byte) (flags | THERE | (verified ? VERIFIED : 0)))
                .putInt(count)
                .put(more)
                .array();
    }

    private byte[] key() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        return ByteBuffer.allocate(16 + 2 + id.length + 77)
                .put(new byte[16])
                .putShort((short) id.length)
                .put(id)
                .put(new byte[] {(byte) 0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32})
                .put(padded(point.getAffineX()))
                .put(new byte[] {0x22, 0x58, 32})
                .put(padded(point.getAffineY()))
                .array();
    }

    private static byte[] padded(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[32];
        int length = Math.min(32, bytes.length);
        byte[] tail = Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
        System.arraycopy(tail, 0, padded, 32 - length, length);
        return padded;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

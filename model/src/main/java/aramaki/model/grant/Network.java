package aramaki.model.grant;

import aramaki.model.Refusal;
import java.net.InetAddress;
import java.util.Optional;

/// Addresses with the same beginning, as `10.1.0.0/16` or `2001:db8::/32`.
public record Network(InetAddress first, int bits) {
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash));
        int most = address.map(a -> a.getAddress().length * 8).orElse(0);
        int bits = slash < 0 ? most : bits(text.substring(slash + 1));
        if (address.isEmpty() || bits < 0 || bits > most) {
            throw Refusal.invalid(
                    "bad-network",
                    "\"" + text + "\" is no network: write one like 10.1.0.0/16 or 2001:db8::/32");
        }
        return new Network(address.get(), bits);
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    public boolean contains(InetAddress address) {
        byte[] a = first.getAddress();
        byte[] b = address.getAddress();
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((a[i / 8] & mask) != (b[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    boolean contains(Network narrower) {
        return narrower.bits >= bits && contains(narrower.first);
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}

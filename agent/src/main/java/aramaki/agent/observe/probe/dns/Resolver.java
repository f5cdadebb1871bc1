package aramaki.agent.observe.probe.dns;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Asks one server one question: by UDP, thrice in its time, and by TCP when the answer says that
/// it was cut. Packets that do not answer the question are counted and passed over, so that nobody
/// who cannot see it can answer in the server's place.
public final class Resolver {
    private static final int ATTEMPTS = 3;
    private static final int MAX_STRAY = 1000;
    private static final int MAX_UDP = 4096;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// What came back.
    ///
    /// @param stray packets that did not answer the question
    public record Answer(Message message, int stray, boolean tcp, double seconds) {}

    /// No answer that could be used; the message is for people.
    public static final class NoAnswer extends Exception {
        NoAnswer(String message) {
            super(message);
        }
    }

    private final InetSocketAddress server;
    private final Duration timeout;
    private int stray;
    private String strayReason = "";

    public Resolver(InetSocketAddress server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
    }

    public Answer ask(Name name, int type) throws NoAnswer {
        long begin = System.nanoTime();
        var question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        question.getHeader().setID(RANDOM.nextInt(0x10000));
        try {
            Message answer = udp(question, begin);
            boolean cut = answer.getHeader().getFlag(Flags.TC);
            if (cut) {
                answer = tcp(question, begin);
            }
            return new Answer(answer, stray, cut, (System.nanoTime() - begin) / 1e9);
        } catch (SocketTimeoutException e) {
            throw new NoAnswer(
                    "no answer within "
                            + timeout.toMillis() / 1000.0
                            + " s"
                            + (stray == 0 ? "" : "; " + strayWords()));
        } catch (IOException e) {
            throw new NoAnswer(String.valueOf(e.getMessage()));
        }
    }

    private Message udp(Message question, long begin) throws IOException, NoAnswer {
        byte[] bytes = question.toWire();
        try (var socket = new DatagramSocket()) {
            socket.connect(server);
            for (int attempt = 1; ; attempt++) {
                socket.send(new DatagramPacket(bytes, bytes.length));
                try {
                    return receive(
                            socket,
                            question,
                            begin,
                            timeout.dividedBy(ATTEMPTS).multipliedBy(attempt));
                } catch (SocketTimeoutException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
    }

    private Message receive(DatagramSocket socket, Message question, long begin, Duration until)
            throws IOException, NoAnswer {
        while (true) {
            var packet = new DatagramPacket(new byte[MAX_UDP], MAX_UDP);
            socket.setSoTimeout(millisLeft(begin, until));
            socket.receive(packet);
            byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
            if (bytes.length < 2 || id(bytes) != question.getHeader().getID()) {
                stray("a wrong id");
                continue;
            }
            Message answer = parse(bytes);
            if (fits(answer, question)) {
                return answer;
            }
            stray("another question");
        }
    }

    /// One message, as long as it says itself, which is at most 64 KiB.
    private Message tcp(Message question, long begin) throws IOException, NoAnswer {
        byte[] bytes = question.toWire();
        try (var socket = new Socket()) {
            socket.connect(server, millisLeft(begin, timeout));
            var framed = new byte[bytes.length + 2];
            framed[0] = (byte) (bytes.length >> 8);
            framed[1] = (byte) bytes.length;
            System.arraycopy(bytes, 0, framed, 2, bytes.length);
            socket.getOutputStream().write(framed);
            byte[] length = read(socket, 2, begin);
            Message answer = parse(read(socket, id(length), begin));
            if (answer.getHeader().getID() != question.getHeader().getID()
                    || !fits(answer, question)) {
                throw new NoAnswer("its answer by TCP is to another question");
            }
            return answer;
        }
    }

    private byte[] read(Socket socket, int length, long begin) throws IOException {
        InputStream stream = socket.getInputStream();
        var bytes = new byte[length];
        for (int at = 0; at < length; ) {
            socket.setSoTimeout(millisLeft(begin, timeout));
            int n = stream.read(bytes, at, length - at);
            if (n < 0) {
                throw new EOFException("it ended its answer by TCP within a message");
            }
            at += n;
        }
        return bytes;
    }

    private static boolean fits(Message answer, Message question) {
        Record asked = question.getQuestion();
        Record told = answer.getQuestion();
        return answer.getHeader().getFlag(Flags.QR)
                && answer.getSection(Section.QUESTION).size() == 1
                && told != null
                && told.getType() == asked.getType()
                && told.getDClass() == asked.getDClass()
                && told.getName().equals(asked.getName());
    }

    private static Message parse(byte[] bytes) throws NoAnswer {
        try {
            return new Message(bytes);
        } catch (IOException | RuntimeException e) {
            throw new NoAnswer(
                    "its answer is no DNS message that can be read (" + bytes.length + " bytes)");
        }
    }

    private void stray(String reason) throws NoAnswer {
        stray++;
        strayReason = reason;
        if (stray >= MAX_STRAY) {
            throw new NoAnswer(strayWords() + ", so we stopped listening");
        }
    }

    private String strayWords() {
        return stray + (stray == 1 ? " packet" : " packets") + " with " + strayReason + " came";
    }

    private static int id(byte[] bytes) {
        return (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    }

    private static int millisLeft(long begin, Duration until) throws SocketTimeoutException {
        long left = until.toNanos() - (System.nanoTime() - begin);
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.clamp(left / 1_000_000, 1, Integer.MAX_VALUE);
    }
}

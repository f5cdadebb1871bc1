package aramaki.agent.observe.probe;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// A name server on loopback that says, by UDP and by TCP, whatever a test wants.
final class FakeDns implements AutoCloseable {
    /// The packets it answers a question with.
    @FunctionalInterface
    interface Udp {
        List<byte[]> answer(Message question) throws IOException;
    }

    /// What it does with a connection, once the question was read.
    @FunctionalInterface
    interface Tcp {
        void answer(Message question, OutputStream out) throws IOException;
    }

    private final DatagramSocket udp;
    private final ServerSocket tcp;

    private FakeDns(DatagramSocket udp, ServerSocket tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    static FakeDns of(Udp onUdp) throws IOException {
        return of(onUdp, (_, _) -> {});
    }

    static FakeDns of(Udp onUdp, Tcp onTcp) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        var tcp = new ServerSocket(0, 5, loopback);
        var fake = new FakeDns(new DatagramSocket(tcp.getLocalPort(), loopback), tcp);
        Thread.ofVirtual().start(() -> fake.serveUdp(onUdp));
        Thread.ofVirtual().start(() -> fake.serveTcp(onTcp));
        return fake;
    }

    /// Answers each question with these records, written as in a zone file.
    static FakeDns with(String... records) throws IOException {
        return of(question -> List.of(answer(question, records).toWire()));
    }

    /// One record in each text: `name type data`.
    static Message answer(Message question, String... records) throws IOException {
        var answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question.getQuestion(), Section.QUESTION);
        for (String text : records) {
            String[] words = text.split(" ", 3);
            answer.addRecord(
                    Record.fromString(
                            Name.fromString(words[0], Name.root),
                            org.xbill.DNS.Type.value(words[1]),
                            DClass.IN,
                            60,
                            words[2],
                            Name.root),
                    Section.ANSWER);
        }
        return answer;
    }

    static Message failing(Message question, int code) {
        var answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setRcode(code);
        answer.addRecord(question.getQuestion(), Section.QUESTION);
        return answer;
    }

    static Message failing(Message question, String code) {
        return failing(question, Rcode.value(code));
    }

    static void frame(OutputStream out, byte[] message) throws IOException {
        out.write(new byte[] {(byte) (message.length >> 8), (byte) message.length});
        out.write(message);
        out.flush();
    }

    String port() {
        return "" + tcp.getLocalPort();
    }

    private void serveUdp(Udp onUdp) {
        while (!udp.isClosed()) {
            try {
                var packet = new DatagramPacket(new byte[4096], 4096);
                udp.receive(packet);
                var bytes = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                for (byte[] answer : onUdp.answer(new Message(bytes))) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!udp.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serveTcp(Tcp onTcp) {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                var bytes = new byte[in.readUnsignedShort()];
                in.readFully(bytes);
                onTcp.answer(new Message(bytes), socket.getOutputStream());
            } catch (IOException e) {
                // The probe hung up, or the test is over.
                continue;
            }
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}

package aramaki.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bad network between two programs on loopback: carries TCP connections, and can be slow, hold
/// back everything, as a cut cable does, or end every connection.
public final class Relay implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private boolean cut;
    private Duration delay = Duration.ZERO;

    private Relay(ServerSocket listening, InetSocketAddress target) {
        this.listening = listening;
        this.target = target;
    }

    /// Listens on a free port of loopback and carries what comes to `port` there.
    public static Relay to(int port) throws IOException {
        var loopback = InetAddress.getByName("127.0.0.1");
        var relay =
                new Relay(
                        new ServerSocket(0, 4096, loopback), new InetSocketAddress(loopback, port));
        Thread.ofVirtual().name("relay").start(relay::accept);
        return relay;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /// From now on no byte passes in either direction, and nobody is told.
    public void cut() {
        set(true);
    }

    /// Lets everything pass again, what waited first.
    public void mend() {
        set(false);
    }

    /// From now on everything comes so much later, in either direction.
    public void delay(Duration length) {
        lock.lock();
        try {
            delay = length;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends every connection that is open now.
    public void reset() {
        open.forEach(Relay::end);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        mend();
        reset();
    }

    private void set(boolean now) {
        lock.lock();
        try {
            cut = now;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitMended() {
        lock.lock();
        try {
            while (cut) {
                mended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Until it is as late as it has to be; a cut counts as well.
    private void awaitDelayed() throws InterruptedException {
        long begun = System.nanoTime();
        lock.lock();
        try {
            long left = delay.toNanos();
            while (left > 0) {
                mended.awaitNanos(left);
                left = delay.toNanos() - (System.nanoTime() - begun);
            }
        } finally {
            lock.unlock();
        }
        awaitMended();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var near = listening.accept();
                Thread.ofVirtual().name("relay-connection").start(() -> carry(near));
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException("relay", e);
            }
        }
    }

    private void carry(Socket near) {
        awaitMended();
        var far = new Socket();
        open.add(near);
        open.add(far);
        try {
            far.connect(target);
            var back = Thread.ofVirtual().start(() -> copy(far, near));
            copy(near, far);
            back.join();
        } catch (IOException e) {
            end(near); // nobody listens behind us, which is what the other side shall see
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(near);
            end(far);
            open.remove(near);
            open.remove(far);
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                awaitDelayed();
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // One side ended it; below, the other learns it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a socket", e);
        }
    }
}

package aramaki.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// A Debian machine with systemd, in software emulation, that obeys commands from its serial
/// console. What it writes to its disk lasts over its reboots and is gone with it.
final class Guest implements AutoCloseable {
    /// The address at which the machine finds loopback of the host.
    static final String HOST = "10.0.2.2";

    private static final Duration BOOT = Duration.ofMinutes(5);
    private static final Pattern DONE = Pattern.compile("\\[\\[done (\\d+)\\]\\]");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Guest(Process process) {
        this.process = process;
    }

    /// What a command said.
    record Said(int exit, String out) {}

    /// Boots one.
    ///
    /// @param cargo a tar file that the machine finds at `/dev/vdb`
    static Guest boot(Path cargo) throws IOException, InterruptedException {
        Path image = image();
        var command =
                List.of(
                        "qemu-system-x86_64",
                        "-accel",
                        "tcg,thread=multi",
                        "-cpu",
                        "max",
                        "-smp",
                        "2",
                        "-m",
                        "1024",
                        "-display",
                        "none",
                        "-serial",
                        "stdio",
                        "-kernel",
                        image.resolve("vmlinuz").toString(),
                        "-initrd",
                        image.resolve("initrd").toString(),
                        "-append",
                        "root=/dev/vda rw console=ttyS0 quiet loglevel=0 systemd.show_status=0",
                        "-drive",
                        "file="
                                + image.resolve("disk.img")
                                + ",if=virtio,format=raw,snapshot=on,cache=unsafe",
                        "-drive",
                        "file=" + cargo + ",if=virtio,format=raw,readonly=on",
                        "-nic",
                        "user,model=virtio-net-pci");
        var guest = new Guest(new ProcessBuilder(command).redirectErrorStream(true).start());
        Thread.ofVirtual().name("guest-console").start(guest::read);
        guest.awaitUp(0);
        return guest;
    }

    /// The machine's kernel and disk, built once for this checkout.
    private static Path image() throws IOException, InterruptedException {
        Path image = Checkout.root().resolve("scenarios/target/guest");
        if (!Files.exists(image.resolve("disk.img"))) {
            var building =
                    new ProcessBuilder(
                                    Checkout.root().resolve("scenarios/guest/build").toString(),
                                    image.toString())
                            .inheritIO()
                            .start();
            assertThat(building.waitFor()).as("exit code of scenarios/guest/build").isZero();
        }
        return image;
    }

    private void read() {
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().map(String::stripTrailing).forEach(lines::add);
        } catch (IOException | UncheckedIOException e) { // it was ended while it spoke
            lines.add("(cut off: " + e.getMessage() + ")");
        }
    }

    /// Runs one line of bash to its end.
    Said run(String line, Duration within) throws IOException {
        int before = type(line);
        await("the end of: " + line, within, () -> done(before) >= 0);
        int end = done(before);
        var out = new ArrayList<>(lines.subList(before, end));
        var last = DONE.matcher(lines.get(end));
        assertThat(last.find()).isTrue();
        return new Said(Integer.parseInt(last.group(1)), String.join("\n", out));
    }

    /// Runs a line that must go well.
    String must(String line) throws IOException {
        var said = run(line, Duration.ofMinutes(2));
        assertThat(said.exit()).as(line + ": " + said.out()).isZero();
        return said.out();
    }

    /// Runs a line after which the machine comes up again.
    void reboot(String line) throws IOException {
        int before = type(line);
        awaitUp(before);
    }

    /// Returns how much it had said before.
    private int type(String line) throws IOException {
        int before = lines.size();
        var out = process.getOutputStream();
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return before;
    }

    private void awaitUp(int before) {
        await("[[up]]", BOOT, () -> lines.subList(before, lines.size()).contains("[[up]]"));
    }

    private int done(int from) {
        for (int i = from; i < lines.size(); i++) {
            if (DONE.matcher(lines.get(i)).find()) {
                return i;
            }
        }
        return -1;
    }

    private void await(String what, Duration within, java.util.concurrent.Callable<Boolean> there) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(100))
                .atMost(within)
                .until(
                        () -> {
                            boolean yes = there.call();
                            if (!yes && !process.isAlive()) {
                                throw new AssertionError("the machine ended, having said " + lines);
                            }
                            return yes;
                        });
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

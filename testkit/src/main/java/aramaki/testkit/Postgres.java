package aramaki.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL on loopback, in a folder of its own, that can be stopped, killed, frozen and
/// made read-only. It is durable as one in production is: nothing of that is switched off.
public final class Postgres {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String SYSTEM_USER = "postgres";
    private static final String HOST = "127.0.0.1";
    private static final String ROLE = "aramaki";
    private static final String PASSWORD = "not a secret";
    private static final long COMMAND_SECONDS = 60;

    private static @Nullable Postgres shared;
    private static @Nullable Postgres expendable;

    private final Path bin;
    private final Path folder;
    private final int port;
    private final AtomicInteger made = new AtomicInteger();

    private Postgres(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /// An empty database of its own, and how to come in.
    ///
    /// @param passwordFile holds the password and is readable by whoever runs the test only
    public record Database(
            String host, int port, String name, String user, String password, Path passwordFile) {

        public String url() {
            return at(port);
        }

        /// The same database by another way, such as a relay.
        public String at(int otherPort) {
            return "postgresql://" + host + ":" + otherPort + "/" + name;
        }

        public String jdbcUrl() {
            return "jdbc:" + url() + "?user=" + user + "&password=" + password.replace(" ", "%20");
        }

        /// What makes a server use this database.
        public Map<String, String> environment() {
            return Map.of(
                    "ARAMAKI_STORE", url(),
                    "ARAMAKI_STORE_USER", user,
                    "ARAMAKI_STORE_PASSWORD_FILE", passwordFile.toString());
        }
    }

    /// The one of this JVM, running, for tests that do it no harm; it ends with the JVM.
    public static synchronized Postgres shared() {
        if (shared == null) {
            shared = create();
        }
        return shared;
    }

    /// One for tests that stop, kill and freeze it. It holds few databases: after a crash it has to
    /// look at every file.
    public static synchronized Postgres expendable() {
        if (expendable == null) {
            expendable = create();
        }
        return expendable;
    }

    private static Postgres create() {
        try {
            var folder = Files.createTempDirectory("aramaki-postgres");
            var postgres = new Postgres(newest(), folder, freePort());
            postgres.prepare();
            postgres.start();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException("making a PostgreSQL", e);
        }
    }

    private static Path newest() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            throw new IllegalStateException(
                    "there is no PostgreSQL below "
                            + INSTALLED
                            + ": run ./test, which installs it");
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparingInt(Postgres::version))
                    .orElseThrow();
        }
    }

    private static int version(Path bin) {
        String name = bin.getName(bin.getNameCount() - 2).toString();
        return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        }
    }

    private void prepare() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var data = Files.createDirectory(data());
        var secret = folder.resolve("password");
        Files.createFile(
                secret,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, PASSWORD + "\n");
        if (root()) {
            var owner =
                    FileSystems.getDefault()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(SYSTEM_USER);
            Files.setOwner(data, owner);
        }
        run("initdb", "-N", "-A", "trust", "-U", SYSTEM_USER, "-E", "UTF8", "--locale", "C", "-D")
                .orFail();
        Files.writeString(
                data.resolve("pg_hba.conf"),
                "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                """
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = '%s'
                max_connections = 100
                shared_buffers = 32MB
                recovery_init_sync_method = syncfs
                """
                        .formatted(HOST, port, data));
        endWithThisProcess();
    }

    /// A shell that waits for us to end, however that happens, and then ends the cluster. Its input
    /// is a pipe that nobody writes to.
    private void endWithThisProcess() throws IOException {
        String script =
                """
                cat > /dev/null
                read -r pid < "$1/postmaster.pid" && kill -CONT $(pgrep -P "$pid") "$pid"
                "$2/pg_ctl" stop -s -w -m immediate -D "$1"
                rm -rf "$1"/*
                """;
        var command = asOwner();
        command.addAll(List.of("sh", "-c", script, "sh", data().toString(), bin.toString()));
        new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// A database that nobody has used, ordered by code points as a server wants it.
    public Database database() {
        return copyOf("template0");
    }

    /// The same with what is in `other`, which nobody may use meanwhile.
    public Database copyOf(Database other) {
        return copyOf(other.name());
    }

    private Database copyOf(String template) {
        int number = made.incrementAndGet();
        if (number == 1) {
            sql("create role " + ROLE + " login password '" + PASSWORD + "'");
        }
        String name = "test_" + number;
        sql(
                "create database %s owner %s template %s encoding 'UTF8' locale 'C'"
                        .formatted(name, ROLE, template));
        return new Database(HOST, port, name, ROLE, PASSWORD, folder.resolve("password"));
    }

    /// Runs a statement as the superuser and answers what it prints.
    public String sql(String statement) {
        return sql("postgres", statement);
    }

    public String sql(Database database, String statement) {
        return sql(database.name(), statement);
    }

    private String sql(String database, String statement) {
        var command = new ArrayList<String>();
        command.add(bin.resolve("psql").toString());
        command.addAll(List.of("-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1"));
        command.addAll(List.of("-h", data().toString(), "-p", Integer.toString(port)));
        command.addAll(List.of("-U", SYSTEM_USER, "-d", database, "-c", statement));
        return run(asOwnerOf(command)).orFail().strip();
    }

    /// Ends every connection to a database, as its administrator may.
    public void terminateConnections(Database database) {
        sql(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '%s'"
                        .formatted(database.name()));
    }

    /// From now on connections may only read, those that are open too, until it is called again.
    public void readOnly(boolean now) {
        sql("alter system set default_transaction_read_only = " + (now ? "on" : "off"));
        sql("select pg_reload_conf()");
    }

    /// Stops as a crash would: every connection ends, nothing is written any more.
    public void stopImmediately() {
        thaw();
        run("pg_ctl", "stop", "-s", "-w", "-m", "immediate", "-D").orFail();
    }

    /// Starts it again and returns once it takes connections.
    public void start() {
        run("pg_ctl", "start", "-s", "-w", "-t", "60", "-l", log(), "-D").orFail();
    }

    /// Kills the first process with SIGKILL; the others notice and end too.
    public void kill() {
        var processes = processes();
        signal("KILL", List.of(processes.getFirst()));
        for (var process : processes) {
            process.onExit().orTimeout(COMMAND_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    /// Stops every process where it stands: connections stay open, and nothing answers.
    public void freeze() {
        signal("STOP", processes());
    }

    /// Lets it go on.
    public void thaw() {
        signal("CONT", processes());
    }

    private List<ProcessHandle> processes() {
        try {
            var lines = Files.readAllLines(data().resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).stream()
                    .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL is not running", e);
        }
    }

    private void signal(String name, List<ProcessHandle> processes) {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        run(command); // one that has ended meanwhile is none to stop
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String log() {
        return data().resolve("log").toString();
    }

    /// A program of PostgreSQL whose last argument is the data folder.
    private Ran run(String program, String... arguments) {
        var command = new ArrayList<String>();
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        command.add(data().toString());
        return run(asOwnerOf(command));
    }

    private static List<String> asOwnerOf(List<String> command) {
        var whole = asOwner();
        whole.addAll(command);
        return whole;
    }

    /// PostgreSQL does not run as root.
    private static List<String> asOwner() {
        var command = new ArrayList<String>();
        if (root()) {
            command.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=" + SYSTEM_USER,
                            "--regid=" + SYSTEM_USER,
                            "--clear-groups"));
        }
        return command;
    }

    private static boolean root() {
        return System.getProperty("user.name", "").equals("root");
    }

    private record Ran(List<String> command, int exit, String said) {
        String orFail() {
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit + ": " + said);
            }
            return said;
        }
    }

    private Ran run(List<String> command) {
        try {
            Path said = Files.createTempFile(folder, "said", "");
            try {
                // A file, because the server that pg_ctl leaves behind would keep a pipe open.
                var process =
                        new ProcessBuilder(command)
                                .directory(Path.of("/").toFile())
                                .redirectErrorStream(true)
                                .redirectOutput(said.toFile())
                                .start();
                process.getOutputStream().close();
                if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command + " did not end");
                }
                return new Ran(
                        command,
                        process.exitValue(),
                        Files.readString(said, StandardCharsets.UTF_8));
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("running " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

package aramaki.server.settings;

import aramaki.model.Refusal;
import aramaki.model.grant.Network;
import aramaki.server.ServerSettings;
import aramaki.server.heartbeat.Target;
import aramaki.server.http.Listening;
import aramaki.server.oidc.Organisation;
import aramaki.server.store.StoreSettings;
import aramaki.server.system.files.FileProblem;
import aramaki.server.system.files.Mapping;
import aramaki.server.system.files.Problems;
import aramaki.server.system.files.Value;
import aramaki.server.system.files.YamlNode;
import aramaki.server.tls.TlsFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts settings together: what was given as an option stands above the environment, that above the
/// file, and that above the default. Everything that is wrong is said at once, with its place.
public final class SettingsReader {
    /// The file that is read when none is named, in the data directory.
    public static final String FILE = "aramaki.yaml";

    private static final String ENVIRONMENT = "environment";
    private static final int MOST_PORTS = 65_535;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_KEPT = Duration.ofDays(36_500);

    private final List<FileProblem> problems = new ArrayList<>();
    private final Map<Setting, Value> said = new EnumMap<>(Setting.class);

    private SettingsReader() {}

    /// @param file read when it is given, and must be there then
    /// @param environment variables by name; empty ones count as not set
    /// @param options what was given of them, by name
    public static ServerSettings read(
            ServerSettings defaults,
            Optional<Path> file,
            Map<String, String> environment,
            Map<String, String> options) {
        var reader = new SettingsReader();
        file.or(() -> Optional.of(defaults.data().resolve(FILE)).filter(Files::exists))
                .ifPresent(reader::file);
        reader.environment(environment);
        var given = new Problems("options", reader.problems);
        for (var setting : Setting.values()) {
            Optional.ofNullable(options.get(setting.option()))
                    .ifPresent(
                            text ->
                                    reader.said.put(
                                            setting, Value.ofWord(text, setting.option(), given)));
        }
        var settings = reader.settings(defaults);
        reader.refuseProblems();
        return settings;
    }

    private void file(Path file) {
        var here = new Problems(file.toString(), problems);
        try {
            Mapping.read(Files.readString(file), here, "store: sqlite")
                    .ifPresent(
                            fields -> {
                                fields.refuseOthers(Setting.keys());
                                for (var setting : Setting.values()) {
                                    fields.get(setting.key())
                                            .ifPresent(value -> said.put(setting, value));
                                }
                            });
        } catch (CharacterCodingException e) {
            here.add(1, "file", "is not UTF-8");
        } catch (IOException e) {
            here.add(1, "file", "cannot be read; name one that can with --settings");
        }
    }

    private void environment(Map<String, String> environment) {
        var here = new Problems(ENVIRONMENT, problems);
        for (var setting : Setting.values()) {
            Optional.ofNullable(environment.get(setting.variable()))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(
                            text ->
                                    said.put(
                                            setting, Value.ofWord(text, setting.variable(), here)));
        }
    }

    private ServerSettings settings(ServerSettings defaults) {
        var settings =
                defaults.keeping(
                        duration(Setting.KEEP_RESULTS, SECOND, LONGEST_KEPT)
                                .orElse(defaults.keepResults()),
                        duration(Setting.KEEP_FIVE_MINUTES, DAY, LONGEST_KEPT)
                                .orElse(defaults.keepFiveMinutes()),
                        duration(Setting.KEEP_HOURS, DAY, LONGEST_KEPT)
                                .orElse(defaults.keepHours()));
        settings =
                settings.keepingAccess(
                        duration(Setting.KEEP_ACCESS, DAY, LONGEST_KEPT)
                                .orElse(defaults.keepAccess()));
        var every = every().orElse(Target.DEFAULT_EVERY);
        var heartbeat = parsed(Setting.HEARTBEAT_URL, url -> Target.parse(url, every));
        settings = heartbeat.map(settings::with).orElse(settings);
        return settings.with(store()).with(listening()).with(organisations());
    }

    private List<Organisation> organisations() {
        return value(Setting.OIDC).map(OrganisationsReader::read).orElse(List.of());
    }

    private Listening listening() {
        return new Listening(
                list(Setting.LISTEN, "[192.0.2.7:443]", Listening::address),
                tls(),
                value(Setting.HTTP_REDIRECT_PORT).flatMap(v -> v.integer(1, MOST_PORTS)),
                parsed(Setting.PUBLIC_URL, Listening::publicUrl),
                list(Setting.BEHIND_PROXY, "[127.0.0.1]", Network::parse));
    }

    private Optional<TlsFiles> tls() {
        var certificate = text(Setting.TLS_CERTIFICATE).map(Path::of);
        var key = text(Setting.TLS_KEY).map(Path::of);
        lonely(Setting.TLS_CERTIFICATE, Setting.TLS_KEY);
        lonely(Setting.TLS_KEY, Setting.TLS_CERTIFICATE);
        return certificate.flatMap(c -> key.map(k -> new TlsFiles(c, k)));
    }

    private void lonely(Setting one, Setting other) {
        if (!said.containsKey(other)) {
            value(one).ifPresent(v -> v.wrong("is of no use alone; set " + other.key() + " too"));
        }
    }

    /// A list in the file; elsewhere, what stands between commas.
    private <T> List<T> list(Setting setting, String example, Function<String, T> parse) {
        return value(setting).stream()
                .flatMap(value -> items(value, example).stream())
                .flatMap(item -> parsed(item, parse).stream())
                .toList();
    }

    private static List<Value> items(Value value, String example) {
        if (value.node() instanceof YamlNode.Scalar(var text, var kind, var at)) {
            return Stream.of(text.split(",", -1))
                    .map(part -> new YamlNode.Scalar(part.strip(), kind, at))
                    .map(part -> new Value(part, value.path(), value.problems()))
                    .toList();
        }
        return value.items(example).orElse(List.of());
    }

    private StoreSettings store() {
        var store = parsed(Setting.STORE, StoreSettings::parse);
        if (store.isPresent() && store.get() instanceof StoreSettings.Postgres postgres) {
            return postgres(postgres);
        }
        if (store.isPresent() || !said.containsKey(Setting.STORE)) {
            for (var setting :
                    List.of(
                            Setting.STORE_USER,
                            Setting.STORE_PASSWORD_FILE,
                            Setting.STORE_POOL,
                            Setting.STORE_STATEMENT_TIMEOUT)) {
                value(setting)
                        .ifPresent(
                                value ->
                                        value.wrong(
                                                "is for PostgreSQL, and the store is sqlite; set"
                                                        + " store too, or leave it out"));
            }
        }
        return new StoreSettings.Embedded();
    }

    private StoreSettings postgres(StoreSettings.Postgres address) {
        var postgres = address;
        postgres = text(Setting.STORE_USER).map(postgres::as).orElse(postgres);
        postgres =
                text(Setting.STORE_PASSWORD_FILE)
                        .map(Path::of)
                        .map(postgres::withPasswordFile)
                        .orElse(postgres);
        postgres =
                value(Setting.STORE_POOL)
                        .flatMap(v -> v.integer(1, StoreSettings.Postgres.LARGEST_POOL))
                        .map(postgres::withPool)
                        .orElse(postgres);
        return duration(Setting.STORE_STATEMENT_TIMEOUT, SECOND, Duration.ofHours(1))
                .map(postgres::withStatementTimeout)
                .orElse(postgres);
    }

    /// In the environment it has been a number of seconds from the beginning.
    private Optional<Duration> every() {
        var value = value(Setting.HEARTBEAT_EVERY);
        if (value.isPresent() && value.get().problems().file().equals(ENVIRONMENT)) {
            return value.get().integer(1, (int) DAY.toSeconds()).map(Duration::ofSeconds);
        }
        return value.flatMap(v -> v.duration(SECOND, DAY));
    }

    private Optional<Value> value(Setting setting) {
        return Optional.ofNullable(said.get(setting));
    }

    private Optional<String> text(Setting setting) {
        return value(setting).flatMap(value -> value.text(Value.LINE));
    }

    private Optional<Duration> duration(Setting setting, Duration least, Duration most) {
        return value(setting).flatMap(value -> value.duration(least, most));
    }

    private <T> Optional<T> parsed(Setting setting, Function<String, T> parse) {
        return value(setting).flatMap(value -> parsed(value, parse));
    }

    private static <T> Optional<T> parsed(Value value, Function<String, T> parse) {
        try {
            return value.text(Value.LINE).map(parse);
        } catch (Refusal e) {
            value.wrong(e.text());
            return Optional.empty();
        }
    }

    private void refuseProblems() {
        if (!problems.isEmpty()) {
            throw Refusal.invalid(
                    "bad-settings",
                    problems.stream().map(SettingsReader::shown).collect(Collectors.joining("\n")));
        }
    }

    /// Only a file has lines.
    private static String shown(FileProblem problem) {
        return Stream.of(ENVIRONMENT, "options").anyMatch(problem.file()::equals)
                ? problem.field() + ": " + problem.message()
                : problem.toString();
    }
}

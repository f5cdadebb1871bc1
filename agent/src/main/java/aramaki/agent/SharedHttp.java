package aramaki.agent;

import aramaki.protocol.tls.Authorities;
import aramaki.protocol.tls.PemFile;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/// The one HTTP client of a process: its work runs on virtual threads, so that it keeps no pool.
final class SharedHttp {
    private SharedHttp() {}

    /// @param authorities who is believed about the server, instead of those Java knows
    static HttpClient open(Optional<Path> authorities) {
        var builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .connectTimeout(Duration.ofSeconds(5));
        authorities.map(PemFile::read).map(Authorities::only).ifPresent(builder::sslContext);
        return builder.build();
    }
}

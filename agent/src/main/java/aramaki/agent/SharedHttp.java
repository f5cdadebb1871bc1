package aramaki.agent;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;

/// The one HTTP client of a process: its work runs on virtual threads, so that it keeps no pool.
final class SharedHttp {
    private SharedHttp() {}

    static HttpClient open() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}

package aramaki.server.system.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFilesTest {
    @TempDir Path folder;

    @Test
    void aFolderIsReadByItsLayoutAndTheRestIsIgnored() throws IOException {
        write("system.yaml", "title: a\n");
        write("checks/a.yaml", "x");
        write("checks/README.md", "x");
        write("checks/.a.yaml.swp", "x");
        write("checks/a.yaml~", "x");
        write("checks/more/b.yaml", "x");
        write("actions/a.yaml", "x");
        write("docs/a.md", "x");
        write("docs/a.png", "x");
        write("start", "x");
        write(".git/config", "x");

        var files = SystemFiles.fromFolder(folder).orRefuse();

        assertThat(files.texts().keySet())
                .containsExactly("actions/a.yaml", "checks/a.yaml", "docs/a.md", "system.yaml");
        assertThat(files.text("system.yaml")).contains("title: a\n");
    }

    @Test
    void theDigestTellsPathsAndTextsApart() {
        var one = files(Map.of("checks/a.yaml", "xy")).digest();

        assertThat(one).isEqualTo(files(Map.of("checks/a.yaml", "xy")).digest());
        assertThat(one).isNotEqualTo(files(Map.of("checks/a.yaml", "xz")).digest());
        assertThat(one).isNotEqualTo(files(Map.of("checks/b.yaml", "xy")).digest());
        assertThat(files(Map.of()).digest().hex()).startsWith("e3b0c442");
    }

    @Test
    void aSymbolicLinkOutOfTheFolderIsRefusedAndOneInsideIsFollowed() throws IOException {
        var outside = Files.writeString(folder.resolve("secret"), "s");
        var system = Files.createDirectories(folder.resolve("shop/checks"));
        write("shop/system.yaml", "title: a\n");
        write("shop/checks/a.yaml", "x");
        Files.createSymbolicLink(system.resolve("b.yaml"), Path.of("a.yaml"));
        Files.createSymbolicLink(system.resolve("c.yaml"), outside);

        assertThat(SystemFiles.fromFolder(folder.resolve("shop")).problems())
                .extracting(FileProblem::toString)
                .containsExactly(
                        "checks/c.yaml:1: file: is a symbolic link out of the system's folder; copy"
                                + " the file");
    }

    @Test
    void aFolderBehindASymbolicLinkOutIsRefusedToo() throws IOException {
        write("other/a.yaml", "x");
        write("shop/system.yaml", "title: a\n");
        Files.createSymbolicLink(folder.resolve("shop/checks"), folder.resolve("other"));

        assertThat(SystemFiles.fromFolder(folder.resolve("shop")).problems())
                .extracting(FileProblem::file)
                .containsExactly("checks/a.yaml");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Files.write(folder.resolve("system.yaml"), new byte[] {'a', (byte) 0xff});

        assertThat(SystemFiles.fromFolder(folder).problems())
                .extracting(FileProblem::toString)
                .containsExactly("system.yaml:1: file: is not well-formed UTF-8; save it as UTF-8");
    }

    @Test
    void aPipeIsRefusedAndNotWaitedFor() throws IOException, InterruptedException {
        write("system.yaml", "title: a\n");
        Files.createDirectories(folder.resolve("checks"));
        var pipe = folder.resolve("checks/a.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThat(SystemFiles.fromFolder(folder).problems())
                .extracting(FileProblem::message)
                .containsExactly("is no regular file; write a plain text file");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws IOException {
        write("system.yaml", "#".repeat(SystemFiles.MAX_FILE_BYTES + 1));

        assertThat(SystemFiles.fromFolder(folder).problems())
                .extracting(FileProblem::message)
                .containsExactly("is larger than 256 KiB; split it or keep it elsewhere");
    }

    @Test
    void tooManyFilesAreRefusedOnce() throws IOException {
        for (int i = 0; i < SystemFiles.MAX_FILES + 5; i++) {
            write("docs/" + i + ".md", "");
        }

        assertThat(SystemFiles.fromFolder(folder).problems())
                .extracting(FileProblem::message)
                .containsExactly("is one file too many; a system has at most 500");
    }

    @Test
    void tooMuchInAllIsRefusedOnce() throws IOException {
        for (int i = 0; i < 18; i++) {
            write("docs/" + i + ".md", "#".repeat(SystemFiles.MAX_FILE_BYTES));
        }

        assertThat(SystemFiles.fromFolder(folder).problems())
                .extracting(FileProblem::message)
                .containsExactly("is too much; the files of a system have at most 4 MiB in all");
    }

    @Test
    void aPathOutsideTheLayoutIsRefusedWhereNobodyElseOwnsTheFolder() {
        assertThat(SystemFiles.of(Map.of("../etc/passwd", "x", "start", "x")).problems())
                .extracting(FileProblem::file)
                .containsExactly("../etc/passwd", "start");
    }

    private static SystemFiles files(Map<String, String> texts) {
        return SystemFiles.of(texts).orRefuse();
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

package aramaki.server.system.files;

/// One thing wrong in a file of a system: where, in which field, and what would be right.
///
/// @param file the path in the system's folder, or below `--systems` once a folder is in front
/// @param line from 1; 1 too where the file as a whole is meant
/// @param field a path such as `on.tags[0]`; `file` or `yaml` where no field is meant
public record FileProblem(String file, int line, String field, String message) {

    /// The same problem seen from one folder further up.
    public FileProblem in(String folder) {
        return new FileProblem(folder + "/" + file, line, field, message);
    }

    /// As the contract has it: `FILE:LINE: field: what is wrong, what would be right`.
    @Override
    public String toString() {
        return file + ":" + line + ": " + field + ": " + message;
    }
}

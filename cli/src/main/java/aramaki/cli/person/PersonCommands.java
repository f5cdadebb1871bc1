package aramaki.cli.person;

import aramaki.cli.shell.Shell;
import java.util.List;

/// The commands about the person at the keyboard, which have no noun.
public final class PersonCommands {
    private PersonCommands() {}

    public static List<Object> with(Shell shell) {
        return List.of(new Login(shell), new WhoAmI(shell), new Find(shell));
    }
}

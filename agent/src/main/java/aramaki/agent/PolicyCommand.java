package aramaki.agent;

import aramaki.agent.observe.plugin.PluginRunner;
import aramaki.agent.policy.HostPolicy;
import aramaki.agent.policy.PolicyReport;
import aramaki.agent.policy.Rights;
import aramaki.model.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `aramaki-agent policy`: what the owner of this host lets servers run on it.
@Command(
        name = "policy",
        description = "Looks at what this host allows.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = PolicyCommand.Check.class)
final class PolicyCommand {

    /// `aramaki-agent policy check`: a policy file in plain words. Exit code 3 when it is wrong.
    @Command(
            name = "check",
            description = "Reads the host's policy and says in plain words what it allows here.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  aramaki-agent policy check",
                "  aramaki-agent policy check new-policy.yaml"
            })
    static final class Check implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Parameters(
                arity = "0..1",
                paramLabel = "FILE",
                description = "By default /etc/aramaki-agent/policy.yaml.")
        private Optional<Path> file = Optional.empty();

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            var path = Home.policy(file);
            boolean there = Files.exists(path);
            try {
                if (file.isPresent() && !there) {
                    throw Refusal.notFound("file", path.toString());
                }
                var policy = HostPolicy.load(path);
                var rights = Rights.of(policy.user());
                out.println(
                        there
                                ? "file       " + path + " is right"
                                : "file       there is no " + path + ": the default holds");
                new PolicyReport(policy, rights, PluginRunner.walls(rights))
                        .lines()
                        .forEach(out::println);
                return AgentMain.DONE;
            } catch (Refusal refusal) {
                // Bare, so that it begins with FILE:LINE.
                spec.commandLine().getErr().println(refusal.text());
                return AgentMain.REFUSED;
            }
        }
    }
}

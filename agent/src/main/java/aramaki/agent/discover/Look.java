package aramaki.agent.discover;

import java.util.List;

/// One way of looking at a host. What cannot be read is not there: a look never fails for it.
@FunctionalInterface
interface Look {
    List<Candidate> at(Host host);
}

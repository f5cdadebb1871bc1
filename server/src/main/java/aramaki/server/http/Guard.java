package aramaki.server.http;

import aramaki.model.grant.Verb;
import aramaki.model.system.SystemName;
import aramaki.model.timeline.LogId;
import aramaki.server.access.Caller;
import aramaki.server.sight.Sight;
import java.net.InetAddress;

/// Decides at the door whether a request may come in, and what it may see inside.
public interface Guard {
    /// The caller as they act from here on, under the grant that lets them; refuses in words.
    ///
    /// @param value of the path parameter that the need names
    Caller admit(Caller caller, InetAddress from, Need.On need, String value);

    /// The same for the instance itself.
    Caller admit(Caller caller, InetAddress from, Need.OnInstance need);

    /// The same for a system that the request names in its own way.
    Caller admit(Caller caller, InetAddress from, Verb verb, SystemName system);

    Sight sight(Caller caller, InetAddress from);

    /// Whether they may still read this log.
    boolean sees(Caller caller, InetAddress from, LogId log);
}

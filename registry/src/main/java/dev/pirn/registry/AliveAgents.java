package dev.pirn.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The agents that are alive: each has a lease that its heartbeats renew.
///
/// ```java
/// try (AliveAgents alive = AliveAgents.open(AliveOptions.DEFAULTS)) {
///   alive.onEvent(event -> System.out.println(event.agentId() + " " + event.reason().word()));
///   Registration done = alive.register(Heartbeat.read(json).value()).value();
///   done.agent().dependencies();            // who offers what it needs
///   alive.beat("greeter");                  // still there; has anything changed for it?
///   alive.list(registry.agents());          // declared, alive, or both
/// }
/// ```
///
/// Who runs agents [#hold]s a lease for each of them, which their silence does not end, nor their
/// goodbye: while one process takes the place of another, both are the same agent. What such an
/// agent says itself of its tools counts as long as its heartbeats come.
///
/// A dependency is resolved to the tool of its capability that lies in its namespace and range of
/// versions and has its tags; among several to the one with the most preferred tags, then the
/// highest version, then the first agent's id. The same agents always give the same answer.
///
/// **Threading.** All methods may be called by any thread; one monitor guards everything, and is
/// held for computing only. Listeners are called under no lock, one at a time and in order, by the
/// thread that made the change or another that is at it, and must not block.
///
/// **Life cycle.** Nothing polls. What depends on the time is decided when somebody asks; besides,
/// while agents are alive, a virtual thread `pirn-lease` waits for the next lease that may end.
/// [#close] ends it: no listener is told anything that happens later.
///
/// **Failure.** An agent that is one too many is refused; the others keep their leases. A listener
/// that throws is logged, and harms nobody.
///
/// **Units and defaults.** See [AliveOptions].
public final class AliveAgents implements AutoCloseable {
  private final AliveOptions options;
  private final LeaseClock clock;
  private final AliveListeners listeners = new AliveListeners();

  /// Those that have not been heard of for longest come first.
  @GuardedBy("this")
  private final SequencedMap<String, Instance> instances = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Offers offers = new Offers();

  /// Grows with each change of what is offered.
  @GuardedBy("this")
  private long topology;

  @GuardedBy("this")
  private boolean waiting;

  @GuardedBy("this")
  private boolean closed;

  private AliveAgents(AliveOptions options, LeaseClock clock) {
    this.options = options;
    this.clock = clock;
  }

  /// Nobody is alive at first.
  public static AliveAgents open(AliveOptions options) {
    return open(options, LeaseClock.system());
  }

  static AliveAgents open(AliveOptions options, LeaseClock clock) {
    return new AliveAgents(Objects.requireNonNull(options, "options"), clock);
  }

  /// Takes what an agent says of itself, in the place of all that it said before, and renews its
  /// lease.
  ///
  /// @return the agent with what was found for its dependencies, and warnings; or why it was
  ///   refused
  public Decoded<Registration> register(Heartbeat heartbeat) {
    Objects.requireNonNull(heartbeat, "heartbeat");
    try {
      synchronized (this) {
        if (closed) {
          return Decoded.failed(Problems.closing());
        }
        expire();
        Instance known = instances.get(heartbeat.agentId());
        if (known == null && instances.size() >= options.mostAgents()) {
          return Decoded.failed(Problems.tooManyAgents(options.mostAgents()));
        }
        Instance instance = known == null ? added(heartbeat) : renewed(known, heartbeat);
        instance.told = instance.resolved(offers, topology);
        return Decoded.of(new Registration(view(instance), known == null), warnings(heartbeat));
      }
    } finally {
      listeners.tell();
    }
  }

  @GuardedBy("this")
  private Instance added(Heartbeat heartbeat) {
    Instance instance = new Instance(heartbeat, now(), clock.nanos());
    instances.put(instance.id(), instance);
    offers.add(instance);
    topology++;
    listeners.add(event(instance, AliveEvent.Reason.REGISTERED));
    wake();
    return instance;
  }

  @GuardedBy("this")
  private Instance renewed(Instance instance, Heartbeat heartbeat) {
    boolean same = instance.saysTheSame(heartbeat);
    if (!same) {
      offers.remove(instance);
      topology++;
    }
    instance.says(heartbeat);
    if (!same) {
      offers.add(instance);
    }
    renew(instance);
    wake();
    return instance;
  }

  /// Holds a lease for an agent from now on, in the place of one that is held already, or of the
  /// agent's own. Those that are held are never too many, but count.
  public void hold(HeldLease lease) {
    Objects.requireNonNull(lease, "lease");
    try {
      synchronized (this) {
        if (closed) {
          return;
        }
        expire();
        Instance known = instances.get(lease.agentId());
        if (known == null) {
          Instance instance = new Instance(lease, now(), clock.nanos());
          instances.put(instance.id(), instance);
          topology++;
          listeners.add(event(instance, AliveEvent.Reason.HELD));
        } else if (!lease.equals(known.held())) {
          known.hold(lease);
          known.late = false;
          topology++;
        }
      }
    } finally {
      listeners.tell();
    }
  }

  /// Ends a lease that is held, with what the agent said itself.
  ///
  /// @return whether it was held
  public boolean release(String agentId) {
    Objects.requireNonNull(agentId, "agentId");
    try {
      synchronized (this) {
        Instance instance = closed ? null : instances.get(agentId);
        if (instance == null || instance.held() == null) {
          return false;
        }
        instances.remove(agentId);
        ended(instance, AliveEvent.Reason.RELEASED);
        return true;
      }
    } finally {
      listeners.tell();
    }
  }

  @GuardedBy("this")
  private void renew(Instance instance) {
    instance.heard = clock.nanos();
    instance.lastSeen = now();
    if (instance.late) {
      instance.late = false;
      topology++;
    }
    instances.putLast(instance.id(), instance);
  }

  private static List<Diagnostic> warnings(Heartbeat heartbeat) {
    return heartbeat.tools().stream()
        .filter(
            tool -> tool.dependencies().stream().anyMatch(it -> it.expectedSchemaHash() != null))
        .map(tool -> Problems.notCompared(tool.functionName()))
        .toList();
  }

  /// Renews the lease of an agent that has nothing new to say.
  ///
  /// @return whether what it was told last of its dependencies still holds
  public Beat beat(String agentId) {
    Objects.requireNonNull(agentId, "agentId");
    try {
      synchronized (this) {
        if (closed) {
          return Beat.CLOSED;
        }
        expire();
        Instance instance = instances.get(agentId);
        if (instance == null || !instance.speaks()) {
          return Beat.UNKNOWN;
        }
        renew(instance);
        return instance.resolved(offers, topology).equals(instance.told)
            ? Beat.UNCHANGED
            : Beat.CHANGED;
      }
    } finally {
      listeners.tell();
    }
  }

  /// Ends the lease of an agent that says goodbye. One that is held stays: it is the goodbye of one
  /// of the agent's processes.
  ///
  /// @return whether it was alive
  public boolean deregister(String agentId) {
    Objects.requireNonNull(agentId, "agentId");
    try {
      synchronized (this) {
        expire();
        Instance instance = closed ? null : instances.get(agentId);
        if (instance != null && instance.held() == null) {
          instances.remove(agentId);
          ended(instance, AliveEvent.Reason.DEREGISTERED);
        }
        return instance != null;
      }
    } finally {
      listeners.tell();
    }
  }

  /// An agent, if it is alive.
  public Optional<AliveAgent> get(String agentId) {
    Objects.requireNonNull(agentId, "agentId");
    try {
      synchronized (this) {
        expire();
        Instance instance = instances.get(agentId);
        return instance == null ? Optional.empty() : Optional.of(view(instance));
      }
    } finally {
      listeners.tell();
    }
  }

  /// All agents that are declared or alive, by id; who is both is one entry.
  ///
  /// @param declared those that are declared; [AgentRegistry#empty] for none
  public List<AgentPresence> list(AgentRegistry declared) {
    Objects.requireNonNull(declared, "declared");
    Map<String, AgentPresence> all = new TreeMap<>();
    declared.agents().forEach(it -> all.put(it.id(), new AgentPresence(it.id(), it, null)));
    for (AliveAgent agent : agents()) {
      all.put(
          agent.id(), new AgentPresence(agent.id(), declared.get(agent.id()).orElse(null), agent));
    }
    return List.copyOf(all.values());
  }

  private List<AliveAgent> agents() {
    try {
      synchronized (this) {
        expire();
        List<AliveAgent> all = new ArrayList<>();
        for (Instance instance : instances.values()) {
          all.add(view(instance));
        }
        return all;
      }
    } finally {
      listeners.tell();
    }
  }

  /// What to tell somebody who asked for an agent that is not alive, with the ids that are like it.
  public Diagnostic notAlive(String agentId) {
    synchronized (this) {
      return Problems.notAlive(agentId, List.copyOf(instances.keySet()));
    }
  }

  /// Calls a listener when an agent has come to life, or is alive no more.
  public Subscription onEvent(Consumer<? super AliveEvent> listener) {
    return listeners.subscribe(Objects.requireNonNull(listener, "listener"));
  }

  @GuardedBy("this")
  private AliveAgent view(Instance instance) {
    return new AliveAgent(
        instance.heartbeat,
        instance.status(offers, topology),
        instance.since,
        instance.held() == null ? instance.lastSeen : now(),
        instance.resolved(offers, topology),
        instance.held());
  }

  /// Brings everything to the present time.
  @GuardedBy("this")
  private void expire() {
    if (closed) {
      return;
    }
    long now = clock.nanos();
    Iterator<Instance> oldest = instances.values().iterator();
    while (oldest.hasNext()) {
      Instance instance = oldest.next();
      long silent = now - instance.heard;
      if (instance.held() != null) {
        if (instance.speaks() && silent >= options.evictAfter().toNanos()) {
          offers.remove(instance);
          instance.says(null);
          topology++;
        }
      } else if (silent >= options.evictAfter().toNanos()) {
        oldest.remove();
        ended(instance, AliveEvent.Reason.EVICTED);
      } else if (silent >= options.unhealthyAfter().toNanos()) {
        topology += instance.late ? 0 : 1;
        instance.late = true;
      } else {
        return;
      }
    }
  }

  @GuardedBy("this")
  private void ended(Instance instance, AliveEvent.Reason reason) {
    offers.remove(instance);
    topology++;
    listeners.add(event(instance, reason));
  }

  private AliveEvent event(Instance instance, AliveEvent.Reason reason) {
    return new AliveEvent(instance.id(), reason, instance.heartbeat.endpoint(), now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /// Sees to it that the next lease that may end is looked at when it may. Heartbeats only put that
  /// off, so they need not touch it.
  @GuardedBy("this")
  private void wake() {
    Optional<Instance> next = instances.values().stream().filter(Instance::speaks).findFirst();
    if (!waiting && !closed && next.isPresent()) {
      waiting = true;
      long silent = clock.nanos() - next.get().heard;
      clock.after(options.evictAfter().minus(Duration.ofNanos(silent)), this::woken);
    }
  }

  private void woken() {
    synchronized (this) {
      waiting = false;
      expire();
      wake();
    }
    listeners.tell();
  }

  /// Closing twice does nothing. Leases are not ended by it.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    listeners.close();
    clock.close();
  }
}

package dev.pirn.agents.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Who may reach which state, and the thread that does each one's reading and writing.
final class Tenants {
  private static final int TOKEN_BYTES = 32;

  private final StateStore store;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Tenant> byAgent = new ConcurrentHashMap<>();

  /// By the digest of the secret: how long a look-up takes tells nothing of the secret itself.
  private final Map<String, Tenant> byDigest = new ConcurrentHashMap<>();

  /// One agent.
  record Tenant(AgentState state, String token, ExecutorService executor) {}

  Tenants(StateStore store) {
    this.store = store;
  }

  Tenant of(String agent) {
    AgentState state = store.of(agent);
    return byAgent.computeIfAbsent(
        agent,
        name -> {
          byte[] secret = new byte[TOKEN_BYTES];
          random.nextBytes(secret);
          String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
          Tenant tenant =
              new Tenant(
                  state,
                  token,
                  Executors.newSingleThreadExecutor(
                      Thread.ofVirtual().name("pirn-state-" + name).factory()));
          byDigest.put(digest(token), tenant);
          return tenant;
        });
  }

  @Nullable Tenant find(String token) {
    Tenant tenant = byDigest.get(digest(token));
    return tenant != null
            && MessageDigest.isEqual(
                tenant.token().getBytes(StandardCharsets.US_ASCII),
                token.getBytes(StandardCharsets.UTF_8))
        ? tenant
        : null;
  }

  private static String digest(String token) {
    return Stored.digest(token.getBytes(StandardCharsets.UTF_8));
  }

  /// Lets what was begun be done.
  void close(long seconds) {
    byAgent.values().forEach(it -> it.executor().shutdown());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    boolean interrupted = false;
    for (Tenant tenant : byAgent.values()) {
      try {
        long left = interrupted ? 0 : Math.max(0, until - System.nanoTime());
        if (!tenant.executor().awaitTermination(left, TimeUnit.NANOSECONDS)) {
          tenant.executor().shutdownNow();
        }
      } catch (InterruptedException _) {
        interrupted = true;
        tenant.executor().shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.pirn.registry;

import dev.pirn.live.AtomicFile;
import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.YamlEdit;
import dev.pirn.yaml.YamlMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Changes a registry's file: checked first, and then whole or not at all.
///
/// What is on the disk is changed, not what is in force: the file may be ahead. A change that
/// breaks an agent, be it another one that needs the agent that goes, is refused; agents that were
/// broken before keep nobody from changing others.
///
/// **Threading.** Safe for use by several threads, which write one after the other. A program that
/// writes the same file between our last look at it and the rename is not kept out.
final class RegistryFile {
  private static final String NEW = "version: \"1.0\"\n\nagents: {}\n";

  private final Path file;
  private final RegistryDecoder decoder;
  private final ReentrantLock writing = new ReentrantLock();

  /// @param decoder the one that reads the file for the pipeline, which then need not read again
  ///   what was checked here
  RegistryFile(Path file, RegistryDecoder decoder) {
    this.file = file;
    this.decoder = decoder;
  }

  Decoded<WrittenAgents> change(List<Edit> edits, @Nullable String ifMatch) {
    writing.lock();
    try {
      // A link is a name for the file, and stays one.
      Path real = Files.exists(file) ? file.toRealPath() : file;
      String digest = AtomicFile.digest(real);
      if (ifMatch != null && !ifMatch.equals(digest)) {
        return Decoded.failed(Problems.changedMeanwhile(file, digest));
      }
      byte[] before =
          digest == null ? NEW.getBytes(StandardCharsets.UTF_8) : Files.readAllBytes(real);
      Decoded<byte[]> changed = edited(new Content(file, before), edits);
      byte[] after = changed.value();
      if (after == null) {
        return Decoded.failed(changed.diagnostics());
      }
      Decoded<AgentRegistry> checked = decoder.decode(new Content(file, after));
      List<Diagnostic> refused = refused(checked, before, digest == null);
      if (Diagnostic.anyError(refused)) {
        return Decoded.failed(refused);
      }
      if (!Objects.equals(digest, AtomicFile.digest(real))) {
        return Decoded.failed(Problems.changedMeanwhile(file, AtomicFile.digest(real)));
      }
      String written = AtomicFile.write(real, after);
      return Decoded.of(
          new WrittenAgents(file, written, edits.stream().map(Edit::id).toList()),
          checked.diagnostics().stream().filter(d -> !d.isError()).toList());
    } catch (IOException e) {
      String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
      return Decoded.failed(
          Problems.notWritten(file, reason == null ? e.getClass().getSimpleName() : reason));
    } finally {
      writing.unlock();
    }
  }

  private Decoded<byte[]> edited(Content content, List<Edit> edits) {
    Decoded<YamlEdit> begun = YamlEdit.of(content, RegistryDecoder.OPTIONS);
    YamlEdit edit = begun.value();
    if (edit == null) {
      return Decoded.failed(begun.diagnostics());
    }
    YamlMap agents =
        edit.root() instanceof YamlMap root && root.get("agents") instanceof YamlMap map
            ? map
            : null;
    List<Diagnostic> refused = new ArrayList<>();
    for (Edit one : edits) {
      YamlMap known = agents != null && agents.get(one.id()) instanceof YamlMap map ? map : null;
      boolean there = agents != null && agents.get(one.id()) != null;
      if (one.kind() == Edit.Kind.REGISTER && there) {
        refused.add(Problems.exists(one.id(), file));
      } else if (one.kind() != Edit.Kind.REGISTER && !there) {
        refused.add(
            Problems.notFound(
                one.id(),
                agents == null
                    ? List.of()
                    : agents.entries().stream().map(entry -> entry.key().text()).toList()));
      } else {
        put(edit, one, known);
      }
    }
    return refused.isEmpty() ? edit.bytes() : Decoded.failed(refused);
  }

  private static void put(YamlEdit edit, Edit one, @Nullable YamlMap known) {
    List<String> path = List.of("agents", one.id());
    switch (one.kind()) {
      case REGISTER -> edit.put(path, one.fields());
      case REMOVE -> edit.remove(path);
      case UPDATE -> {
        for (Map.Entry<String, @Nullable Object> field : one.fields().entrySet()) {
          String key = AgentReader.spelling(known, field.getKey());
          List<String> at = List.of("agents", one.id(), key);
          Object value = field.getValue();
          if (value != null) {
            edit.put(at, value);
          } else if (known != null && known.get(key) != null) {
            edit.remove(at);
          }
        }
      }
    }
  }

  /// What keeps a change from being written.
  private List<Diagnostic> refused(Decoded<AgentRegistry> after, byte[] bytes, boolean isNew) {
    AgentRegistry changed = after.value();
    if (changed == null) {
      return after.diagnostics();
    }
    if (changed.refused().isEmpty()) {
      return List.of();
    }
    AgentRegistry before = isNew ? null : decoder.decode(new Content(file, bytes)).value();
    List<Diagnostic> all = new ArrayList<>();
    changed
        .refused()
        .forEach((id, why) -> {
          if (before == null || !before.refused().containsKey(id)) {
            all.addAll(why);
          }
        });
    return all.stream().map(d -> d.inForce(null)).toList();
  }
}

package dev.pirn.settings;

import dev.pirn.live.AtomicFile;
import dev.pirn.live.Check;
import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Live;
import dev.pirn.live.Part;
import dev.pirn.live.Place;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.live.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Changes settings in their files.
///
/// A change goes through the decoder, the assembler and all checks before a byte is written, and
/// through the running source afterwards.
final class SettingsFiles {
  private final List<Path> files;
  private final Live<Values> live;
  private final EnvDecoder decoder;
  private final SettingsAssembler assembler;
  private final List<Check<Values>> checks;

  // One change at a time in this process, so that none overwrites another.
  private final ReentrantLock writing = new ReentrantLock();

  SettingsFiles(
      List<Path> files,
      Live<Values> live,
      EnvDecoder decoder,
      SettingsAssembler assembler,
      List<Check<Values>> checks) {
    this.files = files;
    this.live = live;
    this.decoder = decoder;
    this.assembler = assembler;
    this.checks = checks;
  }

  /// Changes settings, all of them in one write or none.
  ///
  /// @param edits the new value of each key, or nothing to take the key out
  /// @param replaces the digest of the settings to be changed; null for whatever is there
  Decoded<WrittenSettings> write(Map<String, Optional<String>> edits, @Nullable String replaces) {
    writing.lock();
    try {
      Snapshot<Values> now = live.snapshot();
      List<Diagnostic> refused = requested(edits, now.value());
      if (!refused.isEmpty()) {
        return Decoded.failed(refused);
      }
      Path file = target(edits.keySet(), now.value());
      if (replaces != null && !replaces.equals(now.digest())) {
        return Decoded.failed(Problems.changedMeanwhile(file, now.digest()));
      }
      return write(file, edits, replaces != null, now.value());
    } finally {
      writing.unlock();
    }
  }

  private static List<Diagnostic> requested(Map<String, Optional<String>> edits, Values values) {
    List<Diagnostic> refused = new ArrayList<>();
    edits.forEach((key, value) -> {
      if (!EnvParser.isName(key)) {
        refused.add(Problems.badName(key, null));
      } else if (value.isPresent() && !Quoting.possible(value.get())) {
        refused.add(Problems.cannotBeSaid(key));
      } else if (value.isEmpty() && values.ofFiles(key) == null) {
        refused.add(Problems.unknownKey(key, values.inherits(key), values.keys()));
      }
    });
    return refused;
  }

  /// The file that sets all of them now, else the last: what it says counts in any case.
  private Path target(Set<String> keys, Values values) {
    Set<Path> now = new HashSet<>();
    for (String key : keys) {
      Setting setting = values.ofFiles(key);
      Path file = setting == null ? null : setting.origin().file();
      now.add(file == null ? files.getLast() : file);
    }
    return now.size() == 1 ? now.iterator().next() : files.getLast();
  }

  private Decoded<WrittenSettings> write(
      Path file, Map<String, Optional<String>> edits, boolean guarded, Values before) {
    try {
      Path real = Files.isSymbolicLink(file) ? file.toRealPath() : file;
      String digest = AtomicFile.digest(real);
      if (guarded && !Objects.equals(digest, inForce(file, before))) {
        return Decoded.failed(Problems.overtaken(file));
      }
      byte[] old = digest == null ? new byte[0] : Files.readAllBytes(real);
      Decoded<byte[]> made = edited(file, old, digest == null, edits);
      byte[] bytes = made.value();
      if (bytes == null) {
        return Decoded.failed(made.diagnostics());
      }
      List<Diagnostic> refused = rehearse(file, bytes, before);
      if (!refused.isEmpty()) {
        return Decoded.failed(refused);
      }
      if (!Objects.equals(AtomicFile.digest(real), digest)) {
        return Decoded.failed(Problems.overtaken(file));
      }
      if (digest == null || !Arrays.equals(old, bytes)) {
        AtomicFile.writePrivately(real, bytes);
      }
      Reload<Values> outcome = live.reload(file);
      List<SettingChange> changes =
          SettingChange.between(before, outcome.snapshot().value()).stream()
              .filter(change -> edits.containsKey(change.key()))
              .toList();
      return Decoded.of(new WrittenSettings(file, outcome, changes));
    } catch (IOException e) {
      return Decoded.failed(Problems.notWritten(file, reason(e)));
    }
  }

  private static @Nullable String inForce(Path file, Values values) {
    return values.parts().stream()
        .filter(part -> part.file().equals(file))
        .map(Part::digest)
        .findFirst()
        .orElse(null);
  }

  /// The file's new content, which reads back as what was asked for.
  private Decoded<byte[]> edited(
      Path file, byte[] old, boolean missing, Map<String, Optional<String>> edits) {
    EnvFile current = new EnvFile(new EnvText(file, ""), false, List.of());
    if (!missing) {
      Decoded<EnvFile> read = decoder.decode(new Content(file, old));
      if (read.value() == null) {
        return Decoded.failed(read.diagnostics());
      }
      current = read.value();
    }
    String text = (current.bom() ? "\ufeff" : "") + EnvEdit.apply(current, edits);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > Source.DEFAULT_MAX_BYTES) {
      return Decoded.failed(Problems.notWritten(file, "it would be larger than 4 MiB"));
    }
    return Decoded.of(bytes);
  }

  /// What speaks against the new content; nothing if it will be in force.
  private List<Diagnostic> rehearse(Path file, byte[] bytes, Values before) {
    List<Diagnostic> others = new ArrayList<>();
    live.quarantined()
        .forEach((broken, why) -> others.addAll(broken.equals(file) ? List.of() : why));
    if (!others.isEmpty()) {
      // Nothing comes into force while another file is broken.
      return others;
    }
    Decoded<EnvFile> read = decoder.decode(new Content(file, bytes));
    EnvFile content = read.value();
    if (content == null) {
      return read.diagnostics();
    }
    Decoded<Values> made = assembler.assemble(parts(file, content, before));
    Values candidate = made.value();
    if (candidate == null) {
      return made.diagnostics();
    }
    return checks.stream()
        .flatMap(check -> check.check(candidate).diagnostics().stream())
        .filter(Diagnostic::isError)
        .map(it -> it.place() == null ? at(it, file) : it)
        .toList();
  }

  private static Diagnostic at(Diagnostic said, Path file) {
    return new Diagnostic(
        said.code(),
        said.severity(),
        said.message(),
        Place.of(file),
        said.hint(),
        said.related(),
        said.inForce(),
        said.help());
  }

  private List<Part<EnvFile>> parts(Path file, EnvFile content, Values before) {
    List<Part<EnvFile>> parts = new ArrayList<>();
    for (Path each : files) {
      if (each.equals(file)) {
        parts.add(new Part<>(Objects.requireNonNull(file.getParent()), file, content, "", 0));
      } else {
        before.parts().stream().filter(part -> part.file().equals(each)).forEach(parts::add);
      }
    }
    return parts;
  }

  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    String reason = e instanceof FileSystemException inFile ? inFile.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}

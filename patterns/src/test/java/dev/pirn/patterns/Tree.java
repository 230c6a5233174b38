package dev.pirn.patterns;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Part;
import dev.pirn.live.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A library's folder in memory: texts by their paths, decoded and assembled as `live` would do it.
final class Tree {
  static final Path ROOT = Path.of("/library").toAbsolutePath();

  private final Map<Path, String> texts = new TreeMap<>();
  private final Map<String, String> environment;

  private Tree(Map<String, String> environment) {
    this.environment = environment;
  }

  static Tree of(String... pathsAndTexts) {
    Tree tree = new Tree(Map.of());
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      tree.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
    return tree;
  }

  static Tree withEnvironment(Map<String, String> environment) {
    return new Tree(environment);
  }

  /// The files of a folder on disk.
  static Tree read(Path folder) {
    Tree tree = new Tree(Map.of());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(it -> it.toString().matches(".*\\.ya?ml")).toList()) {
        tree.put(folder.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }

  Tree put(String path, String text) {
    texts.put(ROOT.resolve(path), text);
    return this;
  }

  Tree remove(String path) {
    texts.remove(ROOT.resolve(path));
    return this;
  }

  Decoded<PatternFile> decode(String path) {
    return decode(ROOT.resolve(path));
  }

  private Decoded<PatternFile> decode(Path file) {
    byte[] bytes = Objects.requireNonNull(texts.get(file)).getBytes(StandardCharsets.UTF_8);
    return new PatternDecoder(environment).decode(new Content(file, bytes));
  }

  /// What the files that can be decoded make; their digest is the hash of their text.
  PatternLibrary library() {
    return Objects.requireNonNull(new PatternAssembler(false).assemble(parts()).value());
  }

  List<Part<PatternFile>> parts() {
    return texts.keySet().stream().flatMap(file -> part(file, 1).stream()).toList();
  }

  /// What a file contributes, if it can be decoded.
  Optional<Part<PatternFile>> part(Path file, long generation) {
    String text = Objects.requireNonNull(texts.get(file));
    return Optional.ofNullable(decode(file).value())
        .map(it -> new Part<>(ROOT, file, it, Integer.toHexString(text.hashCode()), generation));
  }

  /// What is said about each file by itself, by path.
  List<Diagnostic> fileDiagnostics() {
    return texts.keySet().stream().flatMap(file -> decode(file).diagnostics().stream()).toList();
  }

  /// Everything that is wrong, as text.
  String report() {
    List<Diagnostic> all = new ArrayList<>(fileDiagnostics());
    all.addAll(library().diagnostics());
    return Rendering.plain().relativeTo(ROOT).render(all);
  }

  List<Path> files() {
    return List.copyOf(texts.keySet());
  }
}

package dev.pirn.patterns;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one file of a library: a pattern, or with a `kind` a bundle.
///
/// **Threading.** Immutable; safe for use by several threads.
final class PatternDecoder implements Decoder<PatternFile> {
  static final YamlOptions OPTIONS =
      YamlOptions.defaults().unknownKeys(YamlOptions.UnknownKeys.WARNING);

  private final Map<String, String> environment;

  /// A decoder.
  ///
  /// @param environment the variables that bundles may declare and use
  PatternDecoder(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Decoded<PatternFile> decode(Content content) {
    Decoded<YamlNode> parsed = Yaml.parse(content, OPTIONS);
    YamlNode root = parsed.value();
    if (root == null) {
      return Decoded.failed(parsed.diagnostics());
    }
    List<Diagnostic> found = new ArrayList<>(parsed.diagnostics());
    PatternFile file = read(root, content, found);
    found.sort(Diagnostic.BY_PLACE);
    return file == null || Diagnostic.anyError(found)
        ? Decoded.failed(found)
        : Decoded.of(file, found);
  }

  private @Nullable PatternFile read(YamlNode root, Content content, List<Diagnostic> found) {
    YamlNode kind = root instanceof YamlMap map ? map.get("kind") : null;
    return kind == null
        ? PatternReader.read(root, content.file(), found)
        : new BundleReader(environment, found).read(root, kind);
  }
}

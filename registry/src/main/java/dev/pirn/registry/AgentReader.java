package dev.pirn.registry;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import dev.pirn.live.Place;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlBinder;
import dev.pirn.yaml.YamlList;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one agent, and holds it to what the record of its definition cannot say by itself.
final class AgentReader {
  static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
  static final List<String> CATEGORIES = List.of("production", "example", "test", "system");
  static final List<String> ENVIRONMENTS = List.of("production", "staging", "demo", "test");

  /// What an agent may leave out, and people miss.
  private static final List<String> EXPECTED =
      List.of("description", "business_goal", "tags", "created_at", "updated_at");

  /// The fields of an agent, as they are written.
  static final List<String> FIELDS =
      Arrays.stream(AgentDefinition.class.getRecordComponents())
          .map(component -> snake(component.getName()))
          .toList();

  private static final YamlBinder<AgentDefinition> BINDER =
      Yaml.binder(AgentDefinition.class, RegistryDecoder.OPTIONS);

  private final RegistryConfig.Validation rules;
  private final Set<String> ids;

  /// @param ids of all agents of the file
  AgentReader(Set<String> ids, RegistryConfig config) {
    this.ids = ids;
    this.rules = config.validation();
  }

  /// Whether the fields that the configuration requires are fields.
  static void checkConfig(YamlNode root, List<Diagnostic> found) {
    if (value(value(value(root, "config"), "validation"), "required_fields")
        instanceof YamlList required) {
      for (YamlNode field : required.items()) {
        if (field instanceof YamlScalar name && !FIELDS.contains(name.text())) {
          found.add(Problems.unknownField(name.text(), FIELDS, name.place()));
        }
      }
    }
  }

  DeclaredAgent read(YamlMap.Entry entry) {
    String id = entry.key().text();
    Place place = entry.key().place();
    List<Diagnostic> said = new ArrayList<>();
    if (!ID.matcher(id).matches()) {
      said.add(Problems.badId(id, place));
    }
    AgentDefinition definition = BINDER.bind(entry.value(), said);
    if (entry.value() instanceof YamlMap map) {
      checkWord(map, "category", said);
      checkWord(map, "environment", said);
      checkReason(map, said);
      checkReferences(map, said);
      checkRequired(map, place, said);
      if (rules.warnOnMissingOptional()) {
        List<String> missing = EXPECTED.stream().filter(key -> !says(map, key)).toList();
        if (!missing.isEmpty()) {
          said.add(Problems.saysLittle(missing, place));
        }
      }
    }
    return new DeclaredAgent(
        id,
        place,
        Diagnostic.anyError(said) ? null : definition,
        said,
        !references(entry.value()).isEmpty());
  }

  private void checkWord(YamlMap map, String key, List<Diagnostic> said) {
    boolean category = key.equals("category");
    boolean any = category ? rules.allowCustomCategories() : rules.allowCustomEnvironments();
    if (!any
        && map.get(key) instanceof YamlScalar word
        && !word.isNull()
        && !word.text().isEmpty()) {
      List<String> known = category ? CATEGORIES : ENVIRONMENTS;
      if (!known.contains(word.text())) {
        said.add(
            category
                ? Problems.badCategory(word.text(), known, word.place())
                : Problems.badEnvironment(word.text(), known, word.place()));
      }
    }
  }

  private static void checkReason(YamlMap map, List<Diagnostic> said) {
    if (map.get("deprecated") instanceof YamlScalar deprecated
        && deprecated.plain()
        && deprecated.text().equalsIgnoreCase("true")
        && !says(map, "deprecation_reason")) {
      said.add(Problems.noReason(deprecated.place()));
    }
  }

  private void checkReferences(YamlMap map, List<Diagnostic> said) {
    for (YamlNode node : references(map)) {
      if (node instanceof YamlScalar id && !id.isNull() && !ids.contains(id.text())) {
        said.add(Problems.dangling(id.text(), id.place(), Nearest.to(id.text(), ids)));
      }
    }
  }

  /// What names other agents, where that matters.
  private List<YamlNode> references(YamlNode agent) {
    List<YamlNode> wanted = new ArrayList<>();
    if (rules.validateDependencies()) {
      if (value(agent, "dependencies") instanceof YamlList dependencies) {
        wanted.addAll(dependencies.items());
      }
      YamlNode replacement = value(agent, "replacement_agent");
      if (replacement != null) {
        wanted.add(replacement);
      }
    }
    return wanted;
  }

  private void checkRequired(YamlMap map, Place place, List<Diagnostic> said) {
    for (String field : rules.requiredFields()) {
      // What is missing anyway has been said by then.
      if (FIELDS.contains(field)
          && !says(map, field)
          && said.stream().noneMatch(d -> d.message().contains("\"" + field + "\""))) {
        said.add(Problems.requiredField(field, place));
      }
    }
  }

  private static boolean says(YamlMap map, String key) {
    YamlNode value = value(map, key);
    return value != null && !(value instanceof YamlScalar scalar && scalar.isNull());
  }

  /// The value of a key in any of its spellings.
  private static @Nullable YamlNode value(@Nullable YamlNode node, String key) {
    return node instanceof YamlMap map ? map.get(spelling(map, key)) : null;
  }

  /// The spelling of a key that a map has; the key itself if it has none.
  static String spelling(@Nullable YamlMap map, String key) {
    for (String spelling : spellings(key)) {
      if (map != null && map.get(spelling) != null) {
        return spelling;
      }
    }
    return key;
  }

  /// The spellings in which a key is understood.
  static List<String> spellings(String key) {
    return List.of(key, camel(key), key.replace('_', '-'));
  }

  private static String camel(String snake) {
    return Pattern.compile("_([a-z])")
        .matcher(snake)
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}

package dev.pirn.settings;

import dev.pirn.live.Assembler;
import dev.pirn.live.Check;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Part;
import dev.pirn.live.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes the values of the files in force, and the records of the values.
///
/// A record that cannot be made is told by [#BOUND]: a source that finds no value takes its default
/// when its files are gone, but one whose value is refused keeps what it had.
final class SettingsAssembler implements Assembler<EnvFile, Values> {
  /// Refuses values of which a record could not be made.
  static final Check<Values> BOUND = values -> Verdict.of(values.unbound());

  private final Map<String, String> environment;
  private final Secrets secrets;
  private final List<RecordBinder<?>> binders;

  SettingsAssembler(
      Map<String, String> environment, Secrets secrets, List<RecordBinder<?>> binders) {
    this.environment = environment;
    this.secrets = secrets;
    this.binders = List.copyOf(binders);
  }

  @Override
  public Decoded<Values> assemble(List<Part<EnvFile>> parts) {
    Resolver resolver =
        new Resolver(parts.stream().map(Part::value).toList(), environment, secrets);
    Map<String, Setting> settings = resolver.settings();
    List<Diagnostic> problems = new ArrayList<>(resolver.problems());
    if (Diagnostic.anyError(problems)) {
      return Decoded.failed(problems);
    }
    Map<Class<?>, Object> records = new HashMap<>();
    List<Diagnostic> unbound = new ArrayList<>();
    Values values = new Values(settings, environment, secrets, records, unbound, parts);
    for (RecordBinder<?> binder : binders) {
      Object made = binder.bind(values, unbound);
      if (made != null) {
        records.put(binder.type(), made);
      }
    }
    return Decoded.of(values, problems);
  }
}

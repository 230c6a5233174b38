package dev.pirn.settings;

import dev.pirn.live.Diagnostic;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes records of one type of settings. The type is examined once.
///
/// @param <R> the record
final class RecordBinder<R extends Record> {
  private static final Map<Class<?>, Type<?>> TYPES =
      Map.ofEntries(
          Map.entry(String.class, Type.STRING),
          Map.entry(Secret.class, Type.SECRET),
          Map.entry(int.class, Type.INT),
          Map.entry(Integer.class, Type.INT),
          Map.entry(long.class, Type.LONG),
          Map.entry(Long.class, Type.LONG),
          Map.entry(double.class, Type.DOUBLE),
          Map.entry(Double.class, Type.DOUBLE),
          Map.entry(boolean.class, Type.BOOLEAN),
          Map.entry(Boolean.class, Type.BOOLEAN),
          Map.entry(Duration.class, Type.DURATIONS),
          Map.entry(ByteSize.class, Type.SIZES),
          Map.entry(Path.class, Type.PATH),
          Map.entry(URI.class, Type.URIS));

  private final Class<R> type;
  private final List<Slot> slots = new ArrayList<>();
  private final Constructor<R> constructor;

  /// A component.
  ///
  /// @param instead what it is when its key is not set; null if it must be set
  private record Slot(
      String key, Type<?> type, boolean text, boolean optional, @Nullable Object instead) {}

  /// @throws IllegalArgumentException if records of the type cannot be made; the message says why
  RecordBinder(String prefix, Class<R> type) {
    this.type = type;
    List<Class<?>> parameters = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      slots.add(slot(prefix, component));
      parameters.add(component.getType());
    }
    try {
      this.constructor = type.getDeclaredConstructor(parameters.toArray(Class<?>[]::new));
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has this constructor", e);
    } catch (InaccessibleObjectException e) {
      throw new IllegalArgumentException(
          "%s cannot be made: open its package to dev.pirn.settings".formatted(type.getName()), e);
    }
  }

  Class<R> type() {
    return type;
  }

  private static Slot slot(String prefix, RecordComponent component) {
    Key named = component.getAnnotation(Key.class);
    String key = named == null ? prefix + upper(component.getName()) : named.value();
    if (!EnvParser.isName(key)) {
      throw new IllegalArgumentException("\"%s\" cannot be a key".formatted(key));
    }
    boolean optional = component.getType() == Optional.class;
    Type<?> found = type(optional ? argument(component) : component.getGenericType());
    if (found == null) {
      throw new IllegalArgumentException(
          "%s of %s has the type %s, of which settings cannot be"
              .formatted(
                  component.getName(),
                  component.getDeclaringRecord().getName(),
                  component.getGenericType()));
    }
    return new Slot(
        key, found, found.equals(Type.STRING), optional, instead(component, found, optional));
  }

  private static @Nullable Object instead(
      RecordComponent component, Type<?> found, boolean optional) {
    Default given = component.getAnnotation(Default.class);
    if (given == null) {
      return optional ? Optional.empty() : null;
    }
    Object value = found.parse(given.value());
    if (value == null) {
      throw new IllegalArgumentException(
          "the default of %s must be %s, was \"%s\""
              .formatted(component.getName(), found.expected(), given.value()));
    }
    return optional ? Optional.of(value) : value;
  }

  private static java.lang.reflect.Type argument(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : Object.class;
  }

  private static @Nullable Type<?> type(java.lang.reflect.Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      Type<?> item = type(generic.getActualTypeArguments()[0]);
      return item == null ? null : Type.listOf(item);
    }
    if (type instanceof Class<?> plain && plain.isEnum()) {
      return enumType(plain);
    }
    return type instanceof Class<?> plain ? TYPES.get(plain) : null;
  }

  // The class is that of an enum.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Type<?> enumType(Class<?> type) {
    return Type.enumOf((Class) type);
  }

  /// `chunkSize` as `CHUNK_SIZE`.
  static String upper(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /// Makes a record; null if there was an error.
  @Nullable R bind(Values values, List<Diagnostic> problems) {
    @Nullable Object[] arguments = new Object[slots.size()];
    boolean good = true;
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = value(slots.get(i), values, problems);
      good &= arguments[i] != null;
    }
    return good ? make(arguments, values, problems) : null;
  }

  private static @Nullable Object value(Slot slot, Values values, List<Diagnostic> problems) {
    Setting setting = values.find(slot.key());
    if (setting == null || (setting.value().isEmpty() && !slot.text())) {
      if (slot.instead() == null) {
        problems.add(
            setting == null
                ? values.missing(slot.key())
                : Problems.badValue(setting, slot.type().expected()));
      }
      return slot.instead();
    }
    Object value = slot.type().parse(setting.value());
    if (value == null) {
      problems.add(Problems.badValue(setting, slot.type().expected()));
    } else if (value instanceof Duration && Type.hasNoUnit(setting.value())) {
      problems.add(Problems.noUnit(setting));
    }
    return value == null ? null : slot.optional() ? Optional.of(value) : value;
  }

  private @Nullable R make(@Nullable Object[] arguments, Values values, List<Diagnostic> problems) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause() == null ? e : e.getCause();
      problems.add(Problems.refused(GuardedCheck.words(type.getSimpleName(), thrown, values)));
      return null;
    } catch (InstantiationException | IllegalAccessException e) {
      throw new LinkageError("the constructor is a record's, and was made accessible", e);
    }
  }
}

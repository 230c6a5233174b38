package dev.pirn.yaml;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the shape of a type, and of all the types in it.
final class Shapes {
  private static final Shape PLAIN = new PlainShape();
  private static final Map<Class<?>, Shape> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, TextShape.STRING),
          Map.entry(Path.class, TextShape.PATH),
          Map.entry(URI.class, TextShape.URI_TEXT),
          Map.entry(LocalDate.class, TextShape.DATE),
          Map.entry(Instant.class, TextShape.INSTANT),
          Map.entry(Duration.class, new DurationShape()),
          Map.entry(boolean.class, new BooleanShape()),
          Map.entry(Boolean.class, new BooleanShape()),
          Map.entry(int.class, NumberShape.INT),
          Map.entry(Integer.class, NumberShape.INT),
          Map.entry(long.class, NumberShape.LONG),
          Map.entry(Long.class, NumberShape.LONG),
          Map.entry(double.class, NumberShape.DOUBLE),
          Map.entry(Double.class, NumberShape.DOUBLE),
          Map.entry(BigInteger.class, NumberShape.BIG_INTEGER),
          Map.entry(BigDecimal.class, NumberShape.BIG_DECIMAL),
          Map.entry(
              OptionalInt.class,
              new OptionalShape(
                  NumberShape.INT, OptionalInt.empty(), value -> OptionalInt.of((int) value))),
          Map.entry(
              OptionalLong.class,
              new OptionalShape(
                  NumberShape.LONG, OptionalLong.empty(), value -> OptionalLong.of((long) value))),
          Map.entry(
              OptionalDouble.class,
              new OptionalShape(
                  NumberShape.DOUBLE,
                  OptionalDouble.empty(),
                  value -> OptionalDouble.of((double) value))),
          Map.entry(Object.class, PLAIN),
          Map.entry(YamlNode.class, new NodeShape(YamlNode.class, "a value")),
          Map.entry(YamlScalar.class, new NodeShape(YamlScalar.class, "a single value")),
          Map.entry(YamlList.class, new NodeShape(YamlList.class, "a list")),
          Map.entry(YamlMap.class, new NodeShape(YamlMap.class, "a mapping")));

  // Null while a type's shape is being made: a type may contain itself.
  private final Map<Class<?>, @Nullable Shape> made = new HashMap<>();

  private Shapes() {}

  /// @throws IllegalArgumentException if the type, or one in it, has no shape
  static Shape of(Class<?> type) {
    return new Shapes().ofClass(type, type.getSimpleName());
  }

  /// The shape of a component or type argument.
  ///
  /// @param where names it in messages: `App.port`
  Shape of(AnnotatedType annotated, String where) {
    Shape shape =
        annotated instanceof AnnotatedParameterizedType parameterized
            ? ofParameterized(parameterized, where)
            : ofType(annotated.getType(), where);
    return annotated.isAnnotationPresent(Nullable.class) ? new NullableShape(shape) : shape;
  }

  private Shape ofType(Type type, String where) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain, where);
    }
    throw unsupported(type, where);
  }

  private Shape ofParameterized(AnnotatedParameterizedType annotated, String where) {
    AnnotatedType[] arguments = annotated.getAnnotatedActualTypeArguments();
    ParameterizedType type = (ParameterizedType) annotated.getType();
    if (type.getRawType() == Map.class && arguments[0].getType() == String.class) {
      return new MapShape(of(arguments[1], where));
    }
    Shape item = of(arguments[0], where);
    if (type.getRawType() == List.class) {
      return new ListShape(item);
    }
    if (type.getRawType() == Set.class) {
      return new SetShape(item);
    }
    if (type.getRawType() == Optional.class) {
      return new OptionalShape(item, Optional.empty(), Optional::of);
    }
    throw unsupported(type, where);
  }

  private Shape ofClass(Class<?> type, String where) {
    Shape simple = SIMPLE.get(type);
    if (simple != null) {
      return simple;
    }
    if (type == List.class) {
      return new ListShape(PLAIN);
    }
    if (type == Set.class) {
      return new SetShape(PLAIN);
    }
    if (type == Map.class) {
      return new MapShape(PLAIN);
    }
    if (type.isEnum()) {
      return new NameShape(type.getSimpleName(), constants(type));
    }
    if (type.isRecord() || type.isSealed()) {
      return ofComposite(type);
    }
    throw unsupported(type, where);
  }

  private Shape ofComposite(Class<?> type) {
    Shape before = made.get(type);
    if (before != null) {
      return before;
    }
    if (made.containsKey(type)) {
      return new LaterShape(type, made);
    }
    made.put(type, null);
    Shape shape = type.isRecord() ? RecordShapes.of(type, this) : SealedShapes.of(type, this);
    made.put(type, shape);
    return shape;
  }

  private static SequencedMap<String, Object> constants(Class<?> type) {
    SequencedMap<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      constants.put(name.toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return constants;
  }

  private static IllegalArgumentException unsupported(Type type, String where) {
    return new IllegalArgumentException(
        "%s: values of the type %s cannot be made from YAML".formatted(where, type.getTypeName()));
  }
}

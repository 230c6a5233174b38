package dev.pirn.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Makes the shapes of sealed interfaces, by the records that they permit.
final class SealedShapes {
  private SealedShapes() {}

  static Shape of(Class<?> type, Shapes shapes) {
    List<Class<?>> scalars = new ArrayList<>();
    List<Class<?>> mappings = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (!permitted.isRecord()) {
        throw refuse(type, permitted.getSimpleName() + " is not a record");
      }
      (permitted.isAnnotationPresent(Scalar.class) ? scalars : mappings).add(permitted);
    }
    if (scalars.size() > 1) {
      throw refuse(type, "at most one of its records may be marked @Scalar");
    }
    Shape scalar = scalars.isEmpty() ? null : RecordShapes.of(scalars.getFirst(), shapes);
    return new SealedShape(scalar, mapping(type, mappings, shapes));
  }

  private static @Nullable Shape mapping(Class<?> type, List<Class<?>> records, Shapes shapes) {
    Discriminator discriminator = type.getAnnotation(Discriminator.class);
    if (discriminator != null) {
      return choice(type, discriminator.value(), records, shapes);
    }
    return switch (records.size()) {
      case 0 -> null;
      case 1 -> RecordShapes.of(records.getFirst(), shapes);
      default ->
          throw refuse(type, "its records are made from maps; mark it @Discriminator(\"key\")");
    };
  }

  private static Shape choice(Class<?> type, String key, List<Class<?>> records, Shapes shapes) {
    SequencedMap<String, Shape> kinds = new LinkedHashMap<>();
    for (Class<?> record : records) {
      Shape shape = RecordShapes.of(record, shapes, key);
      Key named = record.getAnnotation(Key.class);
      boolean ownName = named == null || named.value().isEmpty();
      kinds.put(ownName ? Names.kebab(record.getSimpleName()) : named.value(), shape);
      if (named != null) {
        for (String alias : named.aliases()) {
          kinds.put(alias, shape);
        }
      }
    }
    return new KindShape(key, new NameShape(type.getSimpleName(), kinds));
  }

  private static IllegalArgumentException refuse(Class<?> type, String reason) {
    return new IllegalArgumentException(type.getSimpleName() + ": " + reason);
  }
}

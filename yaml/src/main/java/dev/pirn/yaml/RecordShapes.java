package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the shapes of records, by their components and the annotations on these.
final class RecordShapes {
  private final Class<?> type;
  private final Shapes shapes;
  private final List<Slot> slots = new ArrayList<>();
  private final Map<String, RecordShape.Spelling> spellings = new LinkedHashMap<>();
  private @Nullable Slot extra;

  private RecordShapes(Class<?> type, Shapes shapes) {
    this.type = type;
    this.shapes = shapes;
  }

  static Shape of(Class<?> type, Shapes shapes) {
    return of(type, shapes, null);
  }

  /// @param discriminator a key that the record need not know, or null
  static Shape of(Class<?> type, Shapes shapes, @Nullable String discriminator) {
    return new RecordShapes(type, shapes).make(discriminator);
  }

  private Shape make(@Nullable String discriminator) {
    RecordComponent[] components = type.getRecordComponents();
    Construction construction = Construction.of(type);
    if (type.isAnnotationPresent(Scalar.class)) {
      if (components.length != 1) {
        throw refuse(type.getSimpleName(), "a record marked @Scalar has one component");
      }
      return new ScalarRecordShape(
          construction, shapes.of(components[0].getAnnotatedType(), where(components[0])));
    }
    for (int i = 0; i < components.length; i++) {
      add(i, components[i]);
    }
    return new RecordShape(
        construction,
        List.copyOf(slots),
        Collections.unmodifiableMap(spellings),
        extra,
        discriminator);
  }

  private void add(int index, RecordComponent component) {
    String where = where(component);
    Shape shape = Limits.around(shapes.of(component.getAnnotatedType(), where), component, where);
    if (component.isAnnotationPresent(Extra.class)) {
      if (!(shape instanceof MapShape) || extra != null) {
        throw refuse(where, "@Extra marks one component, a Map<String, X>");
      }
      extra = new Slot(index, component.getName(), shape);
      return;
    }
    Key key = component.getAnnotation(Key.class);
    boolean named = key != null && !key.value().isEmpty();
    String name = named ? key.value() : component.getName();
    Default text = component.getAnnotation(Default.class);
    Slot slot =
        text == null
            ? new Slot(index, name, shape)
            : new Slot(index, name, shape, defaultValue(text.value(), shape, where));
    slots.add(slot);
    addSpellings(name, new RecordShape.Spelling(slot, false), where);
    if (key != null) {
      for (String alias : key.aliases()) {
        addSpellings(alias, new RecordShape.Spelling(slot, true), where);
      }
    }
  }

  private void addSpellings(String name, RecordShape.Spelling spelling, String where) {
    for (String spelled : Names.spellings(name)) {
      RecordShape.Spelling before = spellings.putIfAbsent(spelled, spelling);
      if (before != null && before.slot().index() != spelling.slot().index()) {
        throw refuse(
            where, "the key \"%s\" is taken by \"%s\"".formatted(spelled, before.slot().key()));
      }
    }
  }

  private static @Nullable Object defaultValue(String text, Shape shape, String where) {
    if (text.isBlank()) {
      throw refuse(where, "@Default(\"\") has no value; an empty text is @Default(\"''\")");
    }
    Problems problems = new Problems();
    YamlOptions options = YamlOptions.defaults();
    YamlNode node = NodeReader.read(new SourceText(Path.of(where), text), options, problems);
    Object value = node == null ? Shape.NONE : shape.bind(node, new Binding(options, problems));
    if (problems.anyError()) {
      String reasons =
          problems.list().stream().map(Diagnostic::message).collect(Collectors.joining("; "));
      throw refuse(where, "@Default(\"%s\") does not fit: %s".formatted(text, reasons));
    }
    return value;
  }

  private String where(RecordComponent component) {
    return type.getSimpleName() + "." + component.getName();
  }

  private static IllegalArgumentException refuse(String where, String reason) {
    return new IllegalArgumentException(where + ": " + reason);
  }
}

package dev.pirn.yaml;

import java.lang.reflect.RecordComponent;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts what [Text], [Range] and [Items] demand around the shape of a component.
final class Limits {
  private Limits() {}

  /// @throws IllegalArgumentException if an annotation stands at a component that it does not fit
  static Shape around(Shape shape, RecordComponent component, String where) {
    Shape limited = shape;
    Text text = component.getAnnotation(Text.class);
    if (text != null) {
      Pattern form = text.matches().isEmpty() ? null : Pattern.compile(text.matches());
      limited = texts(limited, text, form, where);
    }
    Range range = component.getAnnotation(Range.class);
    if (range != null) {
      limited = numbers(limited, range, where);
    }
    Items items = component.getAnnotation(Items.class);
    return items == null ? limited : items(limited, items, where);
  }

  private static Shape texts(Shape shape, Text text, @Nullable Pattern form, String where) {
    return switch (shape) {
      case TextShape _ -> new TextLimit(shape, text.min(), text.max(), form, text.like());
      case NullableShape(Shape inner) -> new NullableShape(texts(inner, text, form, where));
      case ListShape(Shape item) -> new ListShape(texts(item, text, form, where));
      case SetShape(Shape item) -> new SetShape(texts(item, text, form, where));
      case MapShape(Shape value) -> new MapShape(texts(value, text, form, where));
      default -> throw misplaced("Text", where);
    };
  }

  private static Shape numbers(Shape shape, Range range, String where) {
    return switch (shape) {
      case NumberShape _ -> new NumberLimit(shape, range.min(), range.max());
      case NullableShape(Shape inner) -> new NullableShape(numbers(inner, range, where));
      default -> throw misplaced("Range", where);
    };
  }

  private static Shape items(Shape shape, Items items, String where) {
    return switch (shape) {
      case ListShape _, SetShape _, MapShape _ ->
          new ItemsLimit(shape, items.min(), items.max(), items.unique());
      case NullableShape(Shape inner) -> new NullableShape(items(inner, items, where));
      default -> throw misplaced("Items", where);
    };
  }

  private static IllegalArgumentException misplaced(String annotation, String where) {
    return new IllegalArgumentException(
        "%s: @%s does not fit a component of this type".formatted(where, annotation));
  }
}

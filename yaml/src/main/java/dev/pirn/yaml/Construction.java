package dev.pirn.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/// Makes a record by its canonical constructor.
final class Construction {
  private final Constructor<?> constructor;

  private Construction(Constructor<?> constructor) {
    this.constructor = constructor;
  }

  /// @throws IllegalArgumentException if this module may not call the constructor
  static Construction of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      if (!constructor.trySetAccessible()) {
        throw notOpen(type);
      }
      return new Construction(constructor);
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has a canonical constructor", e);
    }
  }

  /// How many arguments the constructor takes.
  int arguments() {
    return constructor.getParameterCount();
  }

  /// The record, or [Shape#NONE] when its constructor refused the values and that is reported.
  Object make(@Nullable Object[] values, YamlNode node, Binding binding) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        return binding.fail(Code.REFUSED, node, message(refusal));
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new AssertionError("a record's constructor declares no checked exception", e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the constructor was found accessible", e);
    }
  }

  private String message(RuntimeException refusal) {
    String message = refusal.getMessage();
    return refusal instanceof IllegalArgumentException && message != null
        ? message
        : constructor.getDeclaringClass().getSimpleName() + " refuses the values: " + refusal;
  }

  private static IllegalArgumentException notOpen(Class<?> type) {
    String inPackage = type.getPackageName();
    return new IllegalArgumentException(
        "cannot make a %s: open package %s to dev.pirn.yaml in module-info.java (opens %s to dev.pirn.yaml;)"
            .formatted(type.getSimpleName(), inPackage, inPackage));
  }
}

package dev.pirn.yaml;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes a record by its canonical constructor.
final class Construction {
  private static final MethodType GENERIC = MethodType.methodType(Object.class, Object[].class);

  private final String name;
  private final int arguments;
  private final MethodHandle constructor;

  private Construction(String name, int arguments, MethodHandle constructor) {
    this.name = name;
    this.arguments = arguments;
    this.constructor = constructor;
  }

  /// @throws IllegalArgumentException if this module may not call the constructor
  static Construction of(Class<?> type) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      if (!constructor.trySetAccessible()) {
        throw notOpen(type);
      }
      int arguments = constructor.getParameterCount();
      MethodHandle handle = MethodHandles.lookup().unreflectConstructor(constructor);
      return new Construction(
          type.getSimpleName(),
          arguments,
          handle.asSpreader(Object[].class, arguments).asType(GENERIC));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalArgumentException("cannot make a " + type.getName(), e);
    }
  }

  /// How many arguments the constructor takes.
  int arguments() {
    return arguments;
  }

  /// The record, or [Shape#NONE] when its constructor refused the values and that is reported.
  Object make(@Nullable Object[] values, YamlNode node, Binding binding) {
    try {
      return (Object) constructor.invokeExact(values);
    } catch (RuntimeException e) {
      return binding.fail(Code.REFUSED, node, message(e));
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a record's constructor declares no checked exception", e);
    }
  }

  private String message(RuntimeException failure) {
    String message = failure.getMessage();
    if (failure instanceof IllegalArgumentException && message != null) {
      return message;
    }
    return name + " refuses the values: " + failure;
  }

  private static IllegalArgumentException notOpen(Class<?> type) {
    String inPackage = type.getPackageName();
    return new IllegalArgumentException(
        "cannot make a %s: open package %s to dev.pirn.yaml in module-info.java (opens %s to dev.pirn.yaml;)"
            .formatted(type.getSimpleName(), inPackage, inPackage));
  }
}

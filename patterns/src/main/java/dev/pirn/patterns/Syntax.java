package dev.pirn.patterns;

import java.util.List;

/// The small language that a pattern's parameters are written in.
///
/// @param description what it is for; empty when not said
/// @param operators its signs, in the order of the file
public record Syntax(String description, List<Operator> operators) {
  public Syntax {
    operators = List.copyOf(operators);
  }

  /// One sign of the language. Text that the file does not give is empty.
  ///
  /// @param symbol the sign
  /// @param meaning what it says
  /// @param example how it is used
  public record Operator(String symbol, String meaning, String example) {}
}

package dev.pirn.patterns;

/// A mistake that is often made with a pattern. Text that the file does not give is empty.
///
/// @param error what one sees
/// @param cause why
/// @param solution what to do; files may also write `fix`
public record CommonError(String error, String cause, String solution) {}

package dev.pirn.agents;

/// Something that this machine offers for processes, or does not.
///
/// @param name two or three words
/// @param available whether it is there
/// @param meaning what it gives, or when it is not there, what is lost and what to do
public record ProcessCapability(String name, boolean available, String meaning) {}

/// The `pirn` command; starts at [dev.pirn.cli.Main].
///
/// A command is a class that ends in `Command`. It asks [dev.pirn.cli.Answers], which are given by
/// the running server of the workspace or by the files themselves, gets the same JSON from both,
/// and prints it as it is or as text. Only [dev.pirn.cli.Console] knows the standard streams.
///
/// Passing null throws NullPointerException unless a parameter is marked nullable.
@NullMarked
package dev.pirn.cli;

import org.jspecify.annotations.NullMarked;

/// Benchmarks of Pirn side by side with peers; started by `bench/run`.
@org.jspecify.annotations.NullMarked
package dev.pirn.bench;

/// Rules over all modules.
@org.jspecify.annotations.NullMarked
package dev.pirn.checks;

package dev.pirn.live;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A reload as Java Flight Recorder sees it: `jfr print --events dev.pirn.Reload`.
@Name("dev.pirn.Reload")
@Label("Reload")
@Category("Pirn")
@Description("One attempt to make a new snapshot of a source")
@StackTrace(false)
final class ReloadEvent extends Event {
  @Label("Source")
  String source = "";

  @Label("Trigger")
  String trigger = "";

  @Label("Outcome")
  String outcome = "";

  @Label("Generation")
  long generation;

  @Label("Files")
  int files;

  @Label("Diagnostics")
  int diagnostics;

  @Label("Read")
  @Timespan(Timespan.NANOSECONDS)
  long read;

  @Label("Decode")
  @Timespan(Timespan.NANOSECONDS)
  long decode;

  @Label("Check")
  @Timespan(Timespan.NANOSECONDS)
  long check;
}

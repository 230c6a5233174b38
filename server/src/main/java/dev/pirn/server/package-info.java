/// A workspace behind one HTTP port and one event log; start with [dev.pirn.server.Server].
///
/// [dev.pirn.server.Workspace] is the folder and its `pirn.yaml`, [dev.pirn.server.Views] the JSON
/// of everything that is shown, over HTTP and by the command line alike.
///
/// All methods may be called by any thread unless they say otherwise. Passing null throws
/// NullPointerException unless a parameter is marked nullable.
@NullMarked
package dev.pirn.server;

import org.jspecify.annotations.NullMarked;

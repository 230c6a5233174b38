package dev.pirn.server;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The words of every problem that this module reports.
final class Problems {
  private Problems() {}

  // pirn.yaml

  static Diagnostic remoteHost(String host, @Nullable Place place) {
    return error(
            Code.REMOTE_HOST, place, "other machines may reach the host \"%s\"".formatted(host))
        .help("use 127.0.0.1, or say that it is meant so: server.allow_remote: true");
  }

  static Diagnostic badDebounce(String text, @Nullable Place place) {
    return error(
            Code.BAD_DEBOUNCE,
            place,
            "a debounce is auto or from 0ms to 5000ms, found \"%s\"".formatted(text))
        .help("write auto, or a duration such as 200ms or 1s");
  }

  static Diagnostic noUnit(String text, Place place) {
    return Diagnostic.info(
            Code.NO_UNIT.id(), place, "%s has no unit, and is taken as %sms".formatted(text, text))
        .help("write the unit: ms or s");
  }

  static Diagnostic noFolder(Path file) {
    return error(Code.NO_FOLDER, Place.of(file), "\"patterns.dirs\" names no folder")
        .help("name at least one, or remove the key");
  }

  static Diagnostic noWebFolder(Path file) {
    return error(Code.NO_FOLDER, Place.of(file), "\"web.dirs\" names no folder")
        .help("name at least one, or remove the key");
  }

  static Diagnostic noFile(Path file) {
    return error(Code.NO_FILE, Place.of(file), "\"settings.files\" names no file")
        .help("name at least one, which need not exist, or remove the key");
  }

  static Diagnostic needsRestart(List<String> keys, Path file) {
    String changed = keys.stream().map("\"%s\""::formatted).collect(Collectors.joining(" and "));
    return Diagnostic.warning(
            Code.NEEDS_RESTART.id(),
            Place.of(file),
            "%s changed, which a running server cannot take up".formatted(changed))
        .help("restart the server");
  }

  /// @param losses the broken files, each with the name of a pattern that would be lost
  static List<Diagnostic> losses(Map<Path, String> losses) {
    List<Diagnostic> all = new ArrayList<>();
    losses.forEach((file, pattern) ->
        all.add(
            error(
                    Code.WOULD_LOSE,
                    Place.of(file),
                    "the file is broken, and opening the library anew would lose \"%s\""
                        .formatted(pattern))
                .help("mend the file; the configuration is then taken up by itself")));
    return all;
  }

  // Starting

  static Diagnostic noWorkspace(Path folder) {
    return error(Code.NO_WORKSPACE, null, "there is no folder %s".formatted(folder))
        .help("create it, or name another");
  }

  static Diagnostic alreadyRunning(Path root, @Nullable ServerFile running) {
    String who =
        running == null
            ? "another process"
            : "process %d at %s".formatted(running.pid(), running.url());
    return error(
            Code.ALREADY_RUNNING, null, "%s already serves the workspace %s".formatted(who, root))
        .help(
            running == null
                ? "end it first, or serve another workspace"
                : "use that one, or end it first: kill %d".formatted(running.pid()));
  }

  static Diagnostic portTaken(String host, int port) {
    return error(Code.PORT_TAKEN, null, "the port %d of %s is already in use".formatted(port, host))
        .help("choose another (server.port in pirn.yaml, or --port), or 0 for any that is free");
  }

  static Diagnostic cannotListen(String host, int port, String reason) {
    return error(
            Code.CANNOT_LISTEN,
            null,
            "cannot listen at %s port %d: %s".formatted(host, port, reason))
        .help("choose another host or port (server.host and server.port in pirn.yaml)");
  }

  static Diagnostic stateFolder(Path folder, String reason) {
    return error(
            Code.STATE_FOLDER, Place.of(folder), "cannot write to the folder: %s".formatted(reason))
        .help("make the workspace writable for the user that runs the server");
  }

  // Requests

  static Diagnostic badPath(String reason) {
    return error(Code.BAD_PATH, null, "the path %s".formatted(reason))
        .help("send a plain path; the part of a name must not contain a slash");
  }

  static Diagnostic foreignHost(String host) {
    return error(Code.FOREIGN_HOST, null, "this server is not called \"%s\"".formatted(host))
        .help("use 127.0.0.1 or localhost, or list the name under server.names in pirn.yaml");
  }

  static Diagnostic foreignOrigin(String origin) {
    return error(
            Code.FOREIGN_ORIGIN, null, "pages of \"%s\" may not use this server".formatted(origin))
        .help("use the server's own page, or a program that is not a browser");
  }

  static Diagnostic noToken() {
    return error(Code.NO_TOKEN, null, "this needs the server's token")
        .help("send it as \"Authorization: Bearer TOKEN\"; it is in .pirn/server.json");
  }

  static Diagnostic notLetIn() {
    return error(Code.NOT_LET_IN, null, "this machine has not been let in")
        .help(
            "open the link that \"pirn devices\" shows; a program sends the token of"
                + " .pirn/server.json as \"Authorization: Bearer TOKEN\"");
  }

  static Diagnostic oldLink() {
    return error(Code.OLD_LINK, null, "this link lets nobody in")
        .help("open the one that \"pirn devices\" shows now");
  }

  static Diagnostic noRoute(String path) {
    return error(Code.NO_ROUTE, null, "there is nothing at %s".formatted(path))
        .help("what there is stands in docs/api/openapi.yaml");
  }

  static Diagnostic wrongMethod(String method, String path, String allowed) {
    return error(Code.WRONG_METHOD, null, "%s cannot be used with %s".formatted(path, method))
        .help("use " + allowed);
  }

  static Diagnostic bodyTooLarge(long most) {
    return error(Code.BODY_TOO_LARGE, null, "the body has more than %d bytes".formatted(most));
  }

  static Diagnostic badParameter(String name, String expected, @Nullable String found) {
    return error(
        Code.BAD_PARAMETER,
        null,
        "\"%s\" must be %s%s"
            .formatted(name, expected, found == null ? "" : ", found \"" + found + "\""));
  }

  static Diagnostic badBody(String reason) {
    return error(Code.BAD_BODY, null, "the body %s".formatted(reason));
  }

  static Diagnostic wrongType(String type, String allowed) {
    return error(
            Code.WRONG_TYPE, null, "a body of the type \"%s\" is not understood".formatted(type))
        .help("send " + allowed);
  }

  static Diagnostic tooSlow(long seconds) {
    return error(
        Code.TOO_SLOW, null, "the request was not complete after %d seconds".formatted(seconds));
  }

  static Diagnostic notKept(long generation, String kept) {
    return error(Code.NOT_KEPT, null, "generation %d is not kept".formatted(generation))
        .help("what is kept: " + kept);
  }

  static Diagnostic brokenRequest(String reason) {
    return error(Code.BROKEN_REQUEST, null, "the request cannot be read: %s".formatted(reason));
  }

  static Diagnostic agentsOff() {
    return error(Code.AGENTS_OFF, null, "this server runs no agents")
        .help("set agents.enabled: true in pirn.yaml");
  }

  static Diagnostic agentsFailed(String reason) {
    return error(Code.AGENTS_FAILED, null, "agents cannot be run: %s".formatted(reason))
        .inForce("no agent runs; everything else is served")
        .help("mend what the message names, and restart the server");
  }

  static Diagnostic agentsBusy() {
    return error(Code.AGENTS_BUSY, null, "agents are being ended, and started anew")
        .help("try again in a few seconds");
  }

  static Diagnostic failed(String what) {
    return error(Code.FAILED, null, "the server failed: %s".formatted(what))
        .help("this is a fault of Pirn; the server's log has the details");
  }

  private static Diagnostic error(Code code, @Nullable Place place, String message) {
    return Diagnostic.error(code.id(), place, message);
  }
}

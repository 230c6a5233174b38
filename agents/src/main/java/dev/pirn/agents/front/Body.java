package dev.pirn.agents.front;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The body of a request: in memory as long as it is small, else in a file.
///
/// **Threading.** Confined to the front's event loop; files are read and written elsewhere, and the
/// client is read no further meanwhile.
final class Body {
  private static final int CHUNK = 64 * 1024;

  private final Vertx vertx;
  private final Room room;
  private final int mostInMemory;
  private final long most;
  private final Path folder;

  private Buffer memory = Buffer.buffer();
  private @Nullable AsyncFile file;
  private long length;
  private long onDisk;
  private boolean grows;
  private boolean writing;
  private boolean discarded;

  /// What becomes of a body that is received.
  interface Outcome {
    void complete();

    void tooLarge();

    void noRoom(String reason);
  }

  Body(Vertx vertx, FrontOptions options, Room room) {
    this.vertx = vertx;
    this.room = room;
    this.mostInMemory = options.bodyInMemory();
    this.most = options.mostBody();
    this.folder = options.spillFolder();
  }

  /// Takes in the whole body.
  void receive(HttpServerRequest request, Outcome outcome) {
    request.handler(chunk -> take(request, chunk, outcome));
    request.endHandler(_ -> {
      if (!discarded) {
        outcome.complete();
      }
    });
  }

  private void take(HttpServerRequest request, Buffer chunk, Outcome outcome) {
    if (discarded) {
      return;
    }
    length += chunk.length();
    if (length > most) {
      discard();
      outcome.tooLarge();
    } else if (file == null && length <= mostInMemory && room.takeMemory(chunk.length())) {
      append(chunk);
    } else {
      request.pause();
      spill(chunk)
          .onSuccess(_ -> request.resume())
          .onFailure(e -> {
            if (!discarded) {
              discard();
              request.resume();
              outcome.noRoom(String.valueOf(e.getMessage()));
            }
          });
    }
  }

  private void append(Buffer chunk) {
    if (memory.length() == 0) {
      memory = chunk;
      return;
    }
    if (!grows) {
      // A buffer that came from the connection need not be one that grows.
      grows = true;
      memory = Buffer.buffer(2 * (memory.length() + chunk.length())).appendBuffer(memory);
    }
    memory.appendBuffer(chunk);
  }

  private Future<Void> spill(Buffer chunk) {
    long needed = file == null ? length : chunk.length();
    if (!room.takeDisk(needed)) {
      return Future.failedFuture("too many large bodies are being received");
    }
    onDisk += needed;
    writing = true;
    Future<Void> written =
        file != null
            ? file.write(chunk, length - chunk.length())
            : open()
                .compose(fresh -> {
                  Buffer all = Buffer.buffer().appendBuffer(memory).appendBuffer(chunk);
                  room.giveMemory(memory.length());
                  memory = Buffer.buffer();
                  return fresh.write(all, 0);
                });
    return written.andThen(_ -> {
      writing = false;
      if (discarded) {
        release();
      }
    });
  }

  private Future<AsyncFile> open() {
    String name = folder.resolve(".pirn-body-" + UUID.randomUUID() + ".tmp").toString();
    OpenOptions options =
        new OpenOptions()
            .setRead(true)
            .setCreateNew(true)
            .setPerms("rw-------")
            // Where the system can, the name goes away at once, and the file with the process.
            .setDeleteOnClose(true);
    return vertx.fileSystem().open(name, options).onSuccess(opened -> file = opened);
  }

  long length() {
    return length;
  }

  /// All of it, or null if it is in a file.
  @Nullable Buffer inMemory() {
    return file == null ? memory : null;
  }

  /// Ends a request with this body.
  Future<Void> sendTo(HttpClientRequest request) {
    if (file == null) {
      return length == 0 ? request.end() : request.end(memory);
    }
    Promise<Void> done = Promise.promise();
    copy(file, request, 0, done);
    return done.future();
  }

  private void copy(AsyncFile from, HttpClientRequest to, long position, Promise<Void> done) {
    int size = (int) Math.min(CHUNK, length - position);
    if (size == 0) {
      to.end().onComplete(done);
      return;
    }
    from.read(Buffer.buffer(size), 0, position, size)
        .compose(to::write)
        .onSuccess(_ -> copy(from, to, position + size, done))
        .onFailure(done::fail);
  }

  /// Nobody needs it any more.
  void discard() {
    if (!discarded) {
      discarded = true;
      if (!writing) {
        release();
      }
    }
  }

  private void release() {
    room.giveMemory(file == null ? memory.length() : 0);
    room.giveDisk(onDisk);
    memory = Buffer.buffer();
    if (file != null) {
      file.close();
    }
  }
}

package dev.pirn.patterns;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;

/// The full-text index of a library, in memory, one document a pattern.
///
/// It follows the library by document: what is as before is left alone. Whoever wants to search
/// says which generation must be seen at least, so that nothing is ever searched in an old state,
/// whether or not a listener has already brought the index forward.
///
/// **Threading.** Safe for use by several threads. Bringing the index forward takes a lock,
/// searching an [IndexView] takes none.
final class PatternIndex implements AutoCloseable {
  /// The field with the name, in one piece.
  static final String ID = "id";

  /// The field with the stems of the name, in one piece.
  static final String WHOLE_NAME = "whole";

  /// The field with all words as they stand there, for a word that is not yet typed to its end.
  static final String WORDS = "words";

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable IndexWriter writer;

  @GuardedBy("lock")
  private final Map<String, Pattern> indexed = new HashMap<>();

  @GuardedBy("lock")
  private @Nullable IndexView current;

  @GuardedBy("lock")
  private boolean closed;

  /// Made with the first search: who only wants patterns by name does not wait for Lucene.
  @GuardedBy("lock")
  private IndexWriter writer() throws IOException {
    IndexWriter made = writer;
    if (made == null) {
      // A scheduler of its own threads would outlive a call; a library is merged in no time.
      made =
          new IndexWriter(
              new ByteBuffersDirectory(),
              new IndexWriterConfig(
                      new PerFieldAnalyzerWrapper(Words.STEMS, Map.of(WORDS, Words.PLAIN)))
                  .setMergeScheduler(new SerialMergeScheduler()));
      writer = made;
    }
    return made;
  }

  /// Brings the index forward to this generation, if it has been searched at all before.
  void follow(PatternLibrary library, long generation) {
    lock.lock();
    try {
      if (current != null && !closed) {
        forward(library, generation);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A view of this generation of the library or of a later one, to be closed after use.
  ///
  /// @throws IllegalStateException after [#close]
  IndexView view(PatternLibrary library, long generation) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the patterns are closed");
      }
      IndexView view = forward(library, generation);
      view.retain();
      return view;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private IndexView forward(PatternLibrary library, long generation) {
    IndexView view = current;
    if (view == null || view.generation() < generation) {
      try {
        IndexWriter into = writer();
        index(library, into);
        view = new IndexView(DirectoryReader.open(into), library, generation);
      } catch (IOException e) {
        throw new UncheckedIOException("indexing patterns in memory", e);
      }
      if (current != null) {
        current.close();
      }
      current = view;
    }
    return view;
  }

  @GuardedBy("lock")
  private void index(PatternLibrary library, IndexWriter into) throws IOException {
    for (String name : List.copyOf(indexed.keySet())) {
      if (library.get(name).isEmpty()) {
        into.deleteDocuments(new Term(ID, name));
        indexed.remove(name);
      }
    }
    for (LoadedPattern loaded : library.list()) {
      Pattern pattern = loaded.pattern();
      if (!pattern.equals(indexed.put(pattern.name(), pattern))) {
        into.updateDocument(new Term(ID, pattern.name()), document(pattern));
      }
    }
  }

  private static Document document(Pattern pattern) {
    Document document = new Document();
    document.add(new StringField(ID, pattern.name(), Field.Store.YES));
    String wholeName = String.join(" ", Words.stems(pattern.name()));
    document.add(new StringField(WHOLE_NAME, wholeName, Field.Store.NO));
    for (SearchField field : SearchField.values()) {
      String text = field.text(pattern);
      document.add(new TextField(field.name(), text, Field.Store.NO));
      document.add(new TextField(WORDS, text, Field.Store.NO));
    }
    return document;
  }

  /// Frees the memory once the views that are still in use are closed.
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        if (current != null) {
          current.close();
        }
        if (writer != null) {
          writer.rollback();
          writer.getDirectory().close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing an index in memory", e);
    } finally {
      lock.unlock();
    }
  }
}

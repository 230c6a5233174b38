package dev.pirn.patterns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/// The index in the state of one generation of the library. It does not change, and several threads
/// may search it; whoever got it from [PatternIndex#view] closes it.
///
/// Each keyword of a query is looked for in every field and counts as in the field where it counts
/// most, plus a little for each further one. The last word also finds words that begin with it. A
/// query that is a whole name finds that pattern first.
final class IndexView implements AutoCloseable {
  /// A shorter word is looked for as a whole only: `ml` shall not find every `mlock`.
  private static final int SHORTEST_PREFIX = 3;

  private static final float FURTHER_FIELD = 0.1f;
  private static final float PREFIX_WEIGHT = 0.1f;

  /// More than all keywords together: who types a name wants that pattern.
  private static final float WHOLE_NAME_WEIGHT = 1000;

  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final PatternLibrary library;
  private final long generation;

  IndexView(DirectoryReader reader, PatternLibrary library, long generation) {
    this.reader = reader;
    this.searcher = new ExactSearcher(reader);
    this.library = library;
    this.generation = generation;
  }

  PatternLibrary library() {
    return library;
  }

  long generation() {
    return generation;
  }

  /// What fits the query, best first, equals by name; every pattern by name if it has no word.
  List<SearchHit> ranked(String query) {
    List<String> keywords = Words.keywords(query);
    if (keywords.isEmpty()) {
      return library.list().stream().map(loaded -> new SearchHit(loaded, 0)).toList();
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String keyword : keywords) {
      boolean last = keyword.equals(keywords.getLast());
      any.add(anywhere(keyword, last), Occur.SHOULD);
    }
    Term wholeName = new Term(PatternIndex.WHOLE_NAME, String.join(" ", Words.stems(query)));
    any.add(constant(new TermQuery(wholeName), WHOLE_NAME_WEIGHT), Occur.SHOULD);
    List<SearchHit> hits = new ArrayList<>(find(any.build()));
    hits.sort(
        Comparator.comparingDouble(SearchHit::score)
            .reversed()
            .thenComparing(hit -> hit.pattern().name()));
    return hits;
  }

  /// The names of the patterns that have a word in any of the fields.
  Set<String> having(String word, Set<SearchField> fields) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    fields.forEach(field -> stems(field, word).forEach(query -> any.add(query, Occur.SHOULD)));
    Set<String> names = new HashSet<>();
    find(any.build()).forEach(hit -> names.add(hit.pattern().name()));
    return names;
  }

  private static Query anywhere(String keyword, boolean last) {
    List<Query> fields = new ArrayList<>();
    for (SearchField field : SearchField.values()) {
      stems(field, keyword).forEach(query -> fields.add(new BoostQuery(query, field.weight())));
    }
    if (last && keyword.length() >= SHORTEST_PREFIX) {
      fields.add(constant(new PrefixQuery(new Term(PatternIndex.WORDS, keyword)), PREFIX_WEIGHT));
    }
    return new DisjunctionMaxQuery(fields, FURTHER_FIELD);
  }

  private static Query constant(Query query, float score) {
    return new BoostQuery(new ConstantScoreQuery(query), score);
  }

  private static List<Query> stems(SearchField field, String word) {
    return Words.stems(word).stream()
        .<Query>map(stem -> new TermQuery(new Term(field.name(), stem)))
        .toList();
  }

  private List<SearchHit> find(Query query) {
    int all = Math.max(1, reader.maxDoc());
    try {
      StoredFields stored = searcher.storedFields();
      List<SearchHit> hits = new ArrayList<>();
      // Counting to the end keeps the collector from skipping what cannot be among the best.
      for (ScoreDoc found :
          searcher.search(query, new TopScoreDocCollectorManager(all, null, Integer.MAX_VALUE))
              .scoreDocs) {
        String name = stored.document(found.doc, Set.of(PatternIndex.ID)).get(PatternIndex.ID);
        library.get(name).ifPresent(loaded -> hits.add(new SearchHit(loaded, round(found.score))));
      }
      return hits;
    } catch (IOException e) {
      throw new UncheckedIOException("searching an index in memory", e);
    }
  }

  /// Three decimals: the last bits of a sum depend on the order in which it was added up.
  private static double round(double score) {
    return Math.round(score * 1000) / 1000.0;
  }

  void retain() {
    reader.incRef();
  }

  @Override
  public void close() {
    try {
      reader.decRef();
    } catch (IOException e) {
      throw new UncheckedIOException("closing a view of an index in memory", e);
    }
  }
}

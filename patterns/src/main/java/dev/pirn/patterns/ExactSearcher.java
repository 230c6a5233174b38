package dev.pirn.patterns;

import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.Bits;

/// A searcher whose scores depend on the patterns that are there now, and on nothing else.
///
/// By itself Lucene counts deleted documents among the others until it merges them away, so that
/// two equal libraries would rank differently after different edits. This one counts the live
/// documents of each term of a query, and takes no account of the lengths of texts, whose average
/// would count deleted ones too.
final class ExactSearcher extends IndexSearcher {
  private static final float SATURATION = 1.2f;
  private static final float NO_LENGTHS = 0;

  ExactSearcher(IndexReader reader) {
    super(reader);
    setSimilarity(new BM25Similarity(SATURATION, NO_LENGTHS));
    setQueryCache(null);
  }

  @Override
  public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq)
      throws IOException {
    long live = 0;
    for (LeafReaderContext leaf : getIndexReader().leaves()) {
      live += live(leaf.reader(), term);
    }
    long atLeastOne = Math.max(1, live);
    return new TermStatistics(term.bytes(), atLeastOne, atLeastOne);
  }

  private static long live(LeafReader leaf, Term term) throws IOException {
    PostingsEnum postings = leaf.postings(term, PostingsEnum.NONE);
    if (postings == null) {
      return 0;
    }
    Bits live = leaf.getLiveDocs();
    long count = 0;
    for (int doc = postings.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = postings.nextDoc()) {
      if (live == null || live.get(doc)) {
        count++;
      }
    }
    return count;
  }

  @Override
  public CollectionStatistics collectionStatistics(String field) {
    long live = Math.max(1, getIndexReader().numDocs());
    return new CollectionStatistics(field, live, live, live, live);
  }
}

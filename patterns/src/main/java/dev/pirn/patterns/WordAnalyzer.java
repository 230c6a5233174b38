package dev.pirn.patterns;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.util.CharTokenizer;

/// Splits text into words: runs of letters and digits, so that `data_quality` is two words; in
/// lower case, without accents, and on demand cut to their English stems.
final class WordAnalyzer extends Analyzer {
  private final boolean stems;

  WordAnalyzer(boolean stems) {
    this.stems = stems;
  }

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    Tokenizer source = CharTokenizer.fromTokenCharPredicate(Character::isLetterOrDigit);
    TokenStream words = new ASCIIFoldingFilter(new LowerCaseFilter(source));
    return new TokenStreamComponents(source, stems ? new PorterStemFilter(words) : words);
  }
}

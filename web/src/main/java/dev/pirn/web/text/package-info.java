/// What a page's files refer to, read from their text without running it. Knows nothing of files,
/// servers and trees.
///
/// Nothing here throws because of what a text contains, and everything takes time in proportion to
/// its length: what is read may be half written, or not be what its name says. Null throws a
/// `NullPointerException` everywhere but where `@Nullable` says otherwise.
@NullMarked
package dev.pirn.web.text;

import org.jspecify.annotations.NullMarked;

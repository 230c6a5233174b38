/// YAML text to Java records, with the position of every key.
///
/// Start at [Yaml]: it makes a decoder for a record, or parses to a [YamlNode] whose every key and
/// value knows its place. The other types describe the records: [Key], [Default], [Extra], [Scalar]
/// and [Discriminator].
///
/// Everything here is immutable and safe for use by several threads. Unless a parameter is marked
/// nullable, passing null throws `NullPointerException`.
@org.jspecify.annotations.NullMarked
package dev.pirn.yaml;

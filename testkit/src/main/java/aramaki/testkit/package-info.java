/// What tests share: a clock they move, seeded generators, golden files.
@NullMarked
package aramaki.testkit;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Contract tests for every part that a connector author or a host writes: extend the abstract class of the part, fill in its
 * hooks, and JUnit runs the rules that {@code docs/rules.md} numbers.
 *
 * <p>They run with JUnit 5.10 up to 6 and need nothing else. A test's name starts with the number of its rule. A rule that
 * a part can't be asked to keep, because it lacks the capability, is skipped with a message that says which rule and why.
 */
@NullMarked
package io.github.celltrustarchive.testkit.contract;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** A Merge1 site that speaks the protocol of {@code docs/merge1-site.yaml}, in memory, for tests. */
@NullMarked
package io.github.celltrustarchive.testkit.merge1;

import org.jspecify.annotations.NullMarked;

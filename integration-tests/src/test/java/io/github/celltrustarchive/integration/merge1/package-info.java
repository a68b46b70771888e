// SPDX-License-Identifier: Apache-2.0
/** A Merge1 site as a source: the whole pipeline against a simulated site. */
@NullMarked
package io.github.celltrustarchive.integration.merge1;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Hostile input, row by row as in {@code docs/hostile-input.md}, through the whole pipeline. */
@NullMarked
package io.github.celltrustarchive.integration.hostile;

import org.jspecify.annotations.NullMarked;

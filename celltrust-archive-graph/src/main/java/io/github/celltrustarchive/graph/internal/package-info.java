// SPDX-License-Identifier: Apache-2.0
/** HTTP exchanges, tokens, error tables and budgets; not part of the API. */
@NullMarked
package io.github.celltrustarchive.graph.internal;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Whole pipelines that read what a Merge1 site gives. */
@NullMarked
package io.github.celltrustarchive.integration.merge1;

import org.jspecify.annotations.NullMarked;

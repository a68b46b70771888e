// SPDX-License-Identifier: Apache-2.0
/** Where raw records come from, and how they are parsed into items. */
@NullMarked
package io.github.celltrustarchive.source;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** How the sources of this module work; not exported. */
@NullMarked
package io.github.celltrustarchive.merge1.internal;

import org.jspecify.annotations.NullMarked;

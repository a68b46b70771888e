// SPDX-License-Identifier: Apache-2.0
/** Durable file operations behind one seam, real and simulated. */
@NullMarked
package io.github.celltrustarchive.io;

import org.jspecify.annotations.NullMarked;

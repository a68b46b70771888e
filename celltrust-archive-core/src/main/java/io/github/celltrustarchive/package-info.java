// SPDX-License-Identifier: Apache-2.0
/** What a host starts: the archive pipeline, its builder and its schedule. */
@NullMarked
package io.github.celltrustarchive;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Immutable values that travel the path of a message or configure it. */
@NullMarked
package io.github.celltrustarchive.model;

import org.jspecify.annotations.NullMarked;

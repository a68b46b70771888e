// SPDX-License-Identifier: Apache-2.0
/** The engine: collection, delivery and recovery; not exported. */
@NullMarked
package io.github.celltrustarchive.internal;

import org.jspecify.annotations.NullMarked;

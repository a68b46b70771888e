// SPDX-License-Identifier: Apache-2.0
/** JMH benchmarks and end-to-end measurements. */
@NullMarked
package io.github.celltrustarchive.benchmarks;

import org.jspecify.annotations.NullMarked;

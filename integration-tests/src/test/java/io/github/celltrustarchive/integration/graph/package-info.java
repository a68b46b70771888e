// SPDX-License-Identifier: Apache-2.0
/** Microsoft 365 from end to end: the pipeline with the Graph sink against the simulated service, in every kind of trouble. */
@NullMarked
package io.github.celltrustarchive.integration.graph;

import org.jspecify.annotations.NullMarked;
